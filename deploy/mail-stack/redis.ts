import { join } from 'node:path'
import { privateFolder } from '#deploy/local/run-as.ts'
import { type Daemon, launch, master, ready, stopDaemon } from './daemon.ts'
import { render } from './render.ts'
import { type Ports, type Secrets, writeForDaemons } from './state.ts'

export interface RedisSettings {
  ports: Ports
  secrets: Secrets
}

export function redis(home: string, run: string): Daemon {
  return {
    name: 'Redis',
    pidFile: join(run, 'redis', 'redis.pid'),
    // Debian's redis-server is another name of redis-check-rdb.
    programs: ['/usr/bin/redis-'],
    folders: [join(home, 'redis-data')],
    log: join(home, 'log', 'redis.log'),
  }
}

/** True when what is written differs from what a running Redis has read. */
export function configureRedis(home: string, run: string, { ports, secrets }: RedisSettings): boolean {
  return render(
    'redis',
    privateFolder(join(home, 'redis')),
    {
      INTERNAL_ADDRESS: '127.0.0.1',
      REDIS_PORT: ports.redis,
      REDIS_PASSWORD: secrets.redis,
      RUN_DIR: privateFolder(join(run, 'redis')),
      DATA_DIR: privateFolder(join(home, 'redis-data')),
    },
    writeForDaemons,
  )
}

/** Starts it unless it runs. */
export async function startRedis(home: string, run: string, ports: Ports): Promise<void> {
  const daemon = redis(home, run)
  if (!master(daemon)) {
    await stopDaemon(daemon)
    const command = ['/usr/bin/redis-server', join(home, 'redis', 'redis.conf')]
    await launch(daemon, { command, cwd: join(home, 'redis-data'), untilEnd: false })
  }
  await ready(daemon, ports.redis)
}
