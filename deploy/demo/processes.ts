import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine, signal, until } from '#deploy/local/process-table.ts'

export interface Program {
  name: string
  /** Path from the top of the repository. */
  script: string
  env: Record<string, string>
}

export interface Supervisor {
  start(program: Program): void
  /** Ends all, the last started first. */
  stop(): Promise<void>
}

const RESTARTS = 3
const ROOT = join(import.meta.dirname, '../..')

/** Keeps programs running, their output in `dataDir`/log. `onGiveUp` hears the sentence why one is not started again. */
export function supervise(dataDir: string, onGiveUp: (sentence: string) => void): Supervisor {
  const children = new Map<string, ChildProcess>()
  let stopping = false
  mkdirSync(join(dataDir, 'log'), { recursive: true })
  mkdirSync(join(dataDir, 'run'), { recursive: true })

  function start(program: Program, restarts = 0): void {
    const child = launch(dataDir, program)
    children.set(program.name, child)
    child.once('exit', (code, by) => {
      rmSync(pidFile(dataDir, program.name), { force: true })
      if (stopping) return
      const ended = `The ${program.name} ended unexpectedly (${by ?? `code ${code}`})`
      if (restarts === RESTARTS)
        return onGiveUp(`${ended} for the ${restarts + 1}th time. The end of its log:\n${tail(logFile(dataDir, program.name))}`)
      console.log(`${ended}; starting it again.`)
      start(program, restarts + 1)
    })
  }

  async function stop(): Promise<void> {
    stopping = true
    for (const child of [...children.values()].reverse()) {
      if (child.pid && child.exitCode === null && child.signalCode === null) await end(child.pid)
    }
  }

  return { start, stop }
}

/** Ends what a demo of this data folder that was killed left running. */
export async function endLeftOvers(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'run')
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    const [pid = '', script = ''] = readFileSync(join(folder, name), 'utf8').split('\n')
    const command = commandLine(Number(pid))
    if (script && command?.includes(script) && command.includes(dataDir)) await end(Number(pid))
    rmSync(join(folder, name))
  }
}

/** The last lines of a log, for people. */
export function tail(file: string, lines = 20): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}

const logFile = (dataDir: string, name: string) => join(dataDir, 'log', `${name.replace(' ', '-')}.log`)
const pidFile = (dataDir: string, name: string) => join(dataDir, 'run', `${name.replace(' ', '-')}.pid`)

function launch(dataDir: string, { name, script, env }: Program): ChildProcess {
  const log = openSync(logFile(dataDir, name), 'a', 0o600)
  // The folder stands in the command line so that a left-over is told from another demo's process. In a session of
  // its own, it does not hear Ctrl-C: the demo ends its processes one after another.
  const child = spawn(process.execPath, [script, '--data-dir', dataDir], {
    cwd: ROOT,
    env: env as unknown as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  writeFileSync(pidFile(dataDir, name), `${child.pid}\n${script}`)
  return child
}

async function end(pid: number): Promise<void> {
  const gone = () => commandLine(pid) === null
  signal(pid, 'SIGTERM')
  if (await until(gone, 10_000)) return
  signal(pid, 'SIGKILL')
  await until(gone, 5_000)
}
