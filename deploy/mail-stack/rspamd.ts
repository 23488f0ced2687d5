import { join } from 'node:path'
import { privateFolder } from '#deploy/local/run-as.ts'
import { type Daemon, launch, master, ready, stopDaemon } from './daemon.ts'
import { render } from './render.ts'
import { type Ports, type Secrets, writeForDaemons } from './state.ts'

export interface FilterSettings {
  domain: string
  ports: Ports
  secrets: Secrets
}

export function rspamd(home: string, run: string): Daemon {
  return {
    name: 'Rspamd',
    pidFile: join(run, 'rspamd', 'rspamd.pid'),
    programs: ['/usr/bin/rspamd'],
    folders: [join(run, 'rspamd')],
    log: join(home, 'log', 'rspamd.log'),
  }
}

/** True when what is written differs from what a running Rspamd has read. */
export function configureRspamd(home: string, run: string, { domain, ports, secrets }: FilterSettings): boolean {
  const folder = privateFolder(join(home, 'rspamd'))
  privateFolder(join(run, 'rspamd'))
  for (const below of ['local.d', 'override.d']) privateFolder(join(folder, below))
  return render(
    'rspamd',
    folder,
    {
      CONFIG_DIR: folder,
      DOMAIN: domain,
      // Mail that claims to come from here proves it by a login, as from anywhere.
      TRUSTED_NETWORKS: '',
      REDIS_ADDRESS: `127.0.0.1:${ports.redis}`,
      REDIS_PASSWORD: secrets.redis,
      MILTER_ADDRESS: `127.0.0.1:${ports.milter}`,
      CONTROLLER_ADDRESS: `127.0.0.1:${ports.controller}`,
      RSPAMD_PASSWORD: secrets.rspamd,
    },
    writeForDaemons,
  )
}

/** Starts it unless it runs. The rules are the package's own; what differs from them is ours. */
export async function startRspamd(home: string, run: string, ports: Ports): Promise<void> {
  const daemon = rspamd(home, run)
  if (!master(daemon)) {
    await stopDaemon(daemon)
    const data = privateFolder(join(home, 'rspamd-data'))
    const folders = { LOCAL_CONFDIR: join(home, 'rspamd'), DBDIR: data, RUNDIR: join(run, 'rspamd'), LOGDIR: join(home, 'log') }
    const options = Object.entries(folders).map(([name, folder]) => `--var=${name}=${folder}`)
    const command = ['/usr/bin/rspamd', '--no-fork', '--config=/etc/rspamd/rspamd.conf', ...options]
    const pid = await launch(daemon, { command, cwd: join(run, 'rspamd'), untilEnd: false })
    // In the foreground it writes none itself; in the background it would leave its folder.
    writeForDaemons(daemon.pidFile, String(pid))
  }
  await ready(daemon, ports.milter)
  await ready(daemon, ports.controller)
}
