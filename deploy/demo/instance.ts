import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine, until } from '#deploy/local/process-table.ts'

interface Running {
  pid: number
  url: string | null
  stopping: boolean
}

export interface Instance {
  update(state: Partial<Omit<Running, 'pid'>>): void
  release(): void
}

/**
 * One demo per data folder. Waits for one that is about to end, also because npm, which had started it, was killed.
 * @throws with a sentence when another one runs
 */
export async function claim(dataDir: string): Promise<Instance> {
  const file = join(dataDir, 'demo.pid')
  let state: Running = { pid: process.pid, url: null, stopping: false }
  while (!create(file, state)) {
    const leaves = () => read(file)?.stopping !== false
    if (!(await until(leaves, 2_000)) || !(await until(() => read(file) === null, 60_000))) {
      const where = read(file)?.url ?? 'it is about to start'
      throw new Error(`The demo of this data folder already runs: ${where} (process ${read(file)?.pid}, data in ${dataDir}).`)
    }
    rmSync(file, { force: true })
  }
  return {
    update(changes) {
      state = { ...state, ...changes }
      writeAtomically(file, JSON.stringify(state))
    },
    release: () => rmSync(file, { force: true }),
  }
}

export function writeAtomically(file: string, text: string): void {
  writeFileSync(`${file}.part`, text, { mode: 0o600 })
  renameSync(`${file}.part`, file)
}

function create(file: string, state: Running): boolean {
  try {
    writeFileSync(file, JSON.stringify(state), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Null when its process is gone, or is another program by now. */
function read(file: string): Running | null {
  try {
    const state: Running = JSON.parse(readFileSync(file, 'utf8'))
    return commandLine(state.pid)?.includes('deploy/demo/demo.ts') ? state : null
  } catch {
    return null
  }
}
