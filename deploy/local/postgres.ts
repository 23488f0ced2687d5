import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from './ports.ts'
import { postgresBin } from './postgres-binaries.ts'
import { commandLine, signal, until } from './process-table.ts'
import { giveToServiceUser, privateFolder, runAs, serviceHome } from './run-as.ts'

export interface PostgresServer {
  port: number
  pid: number
  /** Connects as the owner, `postgres`, who may do everything. */
  url(database?: string): string
  /** Whether this postmaster still lives. */
  alive(): boolean
  /** Fast shutdown: open transactions are rolled back, nothing committed is lost. */
  stop(): Promise<void>
}

interface Cluster {
  data: string
  log: string
  password: string
}

// Above the kernel's largest process id.
const NO_PID = 2 ** 22 + 1
const START_TIMEOUT = 60_000

/**
 * PostgreSQL 18 on 127.0.0.1, its files below `serviceHome(dataDir)/postgres`. A postmaster that outlived the process
 * which had started it is used again. `durable: false` gives up safety against a crash for speed: tests only.
 */
export async function startPostgres(options: { dataDir: string; port?: number; durable: boolean }): Promise<PostgresServer> {
  const bin = postgresBin()
  const cluster = prepare(bin, serviceHome(options.dataDir), options.durable)
  const running = postmaster(cluster.data)
  if (running?.ready && (!options.port || options.port === running.port)) return server(cluster, running)
  if (running) await stop(cluster.data, running.pid)
  disownPidFile(cluster.data)
  return server(cluster, await launch(bin, cluster, options))
}

/** Stops a postmaster that an earlier process left behind for this folder. */
export async function stopLeftOver(dataDir: string): Promise<void> {
  const data = join(serviceHome(dataDir), 'postgres', 'data')
  const running = postmaster(data)
  if (running) await stop(data, running.pid)
}

function prepare(bin: string, home: string, durable: boolean): Cluster {
  const folder = privateFolder(join(home, 'postgres'))
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
    giveToServiceUser(passwordFile)
  }
  if (!existsSync(join(data, 'global', 'pg_control'))) initialise(bin, data, passwordFile, durable)
  return { data, log: join(folder, 'postgres.log'), password: readFileSync(passwordFile, 'utf8') }
}

function initialise(bin: string, data: string, passwordFile: string, durable: boolean): void {
  // What an interrupted initdb left behind.
  rmSync(data, { recursive: true, force: true })
  const options = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(durable ? [] : ['--no-sync']),
  ]
  const result = spawnSync(join(bin, 'initdb'), options, { ...asServiceUser(), encoding: 'utf8' })
  if (result.status === 0) return
  rmSync(data, { recursive: true, force: true })
  throw new Error(`The database cannot be created: ${result.error?.message ?? lastLines(result.stderr)}`)
}

/** What postmaster.pid says of a living postmaster of this data folder. */
function postmaster(data: string): { pid: number; port: number; ready: boolean } | null {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (!commandLine(pid)?.includes(data)) return null
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/**
 * PostgreSQL clears a stale postmaster.pid itself unless the process id has been given to somebody else (or was never
 * collected). The file stays, since it also names the shared memory by which surviving backends are noticed.
 */
function disownPidFile(data: string): void {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const rest = readFileSync(file, 'utf8').split('\n').slice(1)
  writeFileSync(file, [NO_PID, ...rest].join('\n'))
}

async function launch(bin: string, cluster: Cluster, options: { port?: number; durable: boolean }) {
  const end = performance.now() + START_TIMEOUT
  for (;;) {
    const port = options.port ?? (await freePort())
    const running = await launchOnce(bin, cluster, port, options.durable)
    if (running) return running
    const log = existsSync(cluster.log) ? readFileSync(cluster.log, 'utf8') : ''
    // Backends of a killed postmaster notice it within moments; a free port may be taken in between.
    const passing = /pre-existing shared memory block/.test(log) || (!options.port && /Address already in use/.test(log))
    if (!passing || performance.now() > end) {
      throw new Error(`The database does not start: ${lastLines(log)} (log: ${cluster.log})`)
    }
  }
}

async function launchOnce(bin: string, cluster: Cluster, port: number, durable: boolean) {
  rmSync(cluster.log, { force: true })
  const log = openSync(cluster.log, 'a', 0o600)
  // A session of its own: Ctrl-C in the terminal ends the portal first, then `stop` the database.
  const child = spawn(join(bin, 'postgres'), ['-D', cluster.data, ...settings(port, durable)], {
    ...asServiceUser(),
    detached: true,
    stdio: ['ignore', log, log],
  })
  let ended = false
  child.once('exit', () => (ended = true))
  child.once('error', () => (ended = true))
  child.unref()
  await until(() => ended || postmaster(cluster.data)?.ready === true, START_TIMEOUT)
  const running = postmaster(cluster.data)
  return !ended && running?.ready ? running : null
}

function settings(port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 200,
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          wal_level: 'minimal',
          max_wal_senders: 0,
        }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function server(cluster: Cluster, { pid, port }: { pid: number; port: number }): PostgresServer {
  return {
    port,
    pid,
    url: (database = 'postgres') => `postgres://postgres:${cluster.password}@127.0.0.1:${port}/${database}`,
    alive: () => postmaster(cluster.data)?.pid === pid,
    stop: () => stop(cluster.data, pid),
  }
}

async function stop(data: string, pid: number): Promise<void> {
  const gone = () => !commandLine(pid)?.includes(data)
  if (gone()) return
  signal(pid, 'SIGINT')
  if (await until(gone, 20_000)) return
  signal(pid, 'SIGQUIT')
  if (!(await until(gone, 10_000))) throw new Error(`The database (process ${pid}) does not stop`)
}

function asServiceUser() {
  const user = runAs()
  return {
    cwd: '/',
    env: { NODE_ENV: 'production' as const, PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  }
}

const lastLines = (text: string) => text.trim().split('\n').slice(-3).join(' · ')
