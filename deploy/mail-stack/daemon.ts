import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { signal, until } from '#deploy/local/process-table.ts'
import { giveToServiceUser, runAs } from '#deploy/local/run-as.ts'

/** A daemon with its children, known by the programs they are and the folders they work in. */
export interface Daemon {
  name: string
  pidFile: string
  /** Beginnings of the paths of its programs. */
  programs: string[]
  /** Working folders of its processes, which nobody else's work in. */
  folders: string[]
  log: string
}

const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' } as unknown as NodeJS.ProcessEnv
const STOP_TIMEOUT = 10_000
const START_TIMEOUT = 60_000
// A process that is just becoming another program cannot be seen.
const GONE_AFTER = 1_000

/** Every process of this daemon, also those that outlived a killed master. */
export function processes(daemon: Daemon): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && belongs(pid, daemon))
}

/** The master process that the pid file names, if it lives and is ours: process ids are given out again. */
export function master(daemon: Daemon): number | null {
  if (!existsSync(daemon.pidFile)) return null
  const pid = Number.parseInt(readFileSync(daemon.pidFile, 'utf8'), 10)
  return pid > 0 && belongs(pid, daemon) ? pid : null
}

function belongs(pid: number, { programs, folders }: Daemon): boolean {
  const program = link(pid, 'exe')
  const folder = link(pid, 'cwd')
  return programs.some((start) => program.startsWith(start)) && folders.some((own) => folder === own || folder.startsWith(`${own}/`))
}

function link(pid: number, name: 'exe' | 'cwd'): string {
  try {
    return readlinkSync(`/proc/${pid}/${name}`)
  } catch {
    // Gone meanwhile, or somebody else's.
    return ''
  }
}

/** Ends master and children. The children of a killed master are told themselves. */
export async function stopDaemon(daemon: Daemon): Promise<void> {
  const first = master(daemon)
  for (const pid of first ? [first] : processes(daemon)) signal(pid, 'SIGTERM')
  const gone = () => processes(daemon).length === 0
  if (await until(gone, STOP_TIMEOUT)) return
  for (const pid of processes(daemon)) signal(pid, 'SIGKILL')
  if (!(await until(gone, STOP_TIMEOUT))) throw new Error(`${daemon.name} does not stop`)
}

export interface Launch {
  command: string[]
  cwd: string
  /** Root itself starts Postfix, which changes its users on its own. */
  asRoot?: boolean
  /** Resolves at the program's end (it went into the background), else at once. */
  untilEnd: boolean
}

/** Runs a program with its output in the daemon's log; its end with an error is an error. Resolves with its process id. */
export async function launch(daemon: Daemon, { command, cwd, asRoot, untilEnd }: Launch): Promise<number | undefined> {
  const user = asRoot ? null : runAs()
  const log = openSync(daemon.log, 'a', 0o600)
  if (!asRoot) giveToServiceUser(daemon.log)
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd,
    // A session of its own: Ctrl-C in the terminal is for the portal, which then stops this.
    detached: true,
    stdio: ['ignore', log, log],
    env: ENVIRONMENT,
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  })
  closeSync(log)
  const end = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`it ended with ${code}`))))
  }).catch((error: Error) => {
    throw new Error(`${daemon.name} does not start: ${error.message}. ${lastLines(daemon.log)}`)
  })
  if (untilEnd) await end
  child.unref()
  end.catch(() => {})
  return child.pid
}

interface Door {
  /** Loopback unless said. */
  host?: string
  /** What the first line is like. */
  greeting?: RegExp
}

/** Waits until the port answers; with `greeting`, until the first line is one. Ends early when the daemon has died. */
export async function ready(daemon: Daemon, port: number, { host = '127.0.0.1', greeting }: Door = {}): Promise<void> {
  const end = performance.now() + START_TIMEOUT
  let alive = performance.now()
  while (!(await greets(host, port, greeting))) {
    const now = performance.now()
    if (processes(daemon).length > 0) alive = now
    if (now > end || now - alive > GONE_AFTER) {
      throw new Error(`${daemon.name} does not answer on port ${port}. ${lastLines(daemon.log)}`)
    }
    await delay(20)
  }
}

function greets(host: string, port: number, greeting: RegExp | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 5_000 })
    const done = (good: boolean) => {
      socket.destroy()
      resolve(good)
    }
    socket.once('connect', () => greeting || done(true))
    socket.once('data', (data) => done(greeting?.test(data.toString('latin1')) ?? true))
    for (const event of ['error', 'close', 'timeout']) socket.once(event, () => done(false))
  })
}

function lastLines(log: string): string {
  if (!existsSync(log)) return ''
  return `${readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' · ')} (log: ${log})`
}
