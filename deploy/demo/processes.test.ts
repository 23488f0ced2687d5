import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commandLine, signal, until } from '#deploy/local/process-table.ts'
import { endLeftOvers, supervise } from './processes.ts'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'posthouse-processes-'))
})

afterEach(() => rmSync(dataDir, { recursive: true }))

/** A program as the demo has them: named by its path from the top of the repository. */
function program(code: string) {
  const file = join(dataDir, 'program.mjs')
  writeFileSync(file, code)
  return { name: 'test program', script: relative(join(import.meta.dirname, '../..'), file), env: {} }
}

const pidFile = () => join(dataDir, 'run', 'test-program.pid')
const pid = () => (existsSync(pidFile()) ? Number(readFileSync(pidFile(), 'utf8').split('\n')[0]) : 0)

test('a program that dies is started again three times, then all hear why not', async () => {
  const gaveUp = await new Promise<string>((resolve) => {
    supervise(dataDir, resolve).start(program('console.log("about to end"); process.exit(3)'))
  })
  expect(gaveUp).toMatch(/^The test program ended unexpectedly \(code 3\) for the 4th time/)
  expect(gaveUp.match(/about to end/g)).toHaveLength(4)
})

test('a stop ends what runs and starts nothing again', async () => {
  const supervisor = supervise(dataDir, () => expect.unreachable())
  supervisor.start(program('setInterval(() => {}, 1000)'))
  const running = pid()
  await supervisor.stop()
  expect(commandLine(running)).toBeNull()
  await until(() => !existsSync(pidFile()), 5_000)
  expect(existsSync(pidFile())).toBe(false)
})

test('what a killed demo left running is ended', async () => {
  const { script } = program('setInterval(() => {}, 1000)')
  const root = join(import.meta.dirname, '../..')
  const left = spawn(process.execPath, [script, '--data-dir', dataDir], { cwd: root, stdio: 'ignore' })
  await endLeftOvers(dataDir)
  expect(commandLine(left.pid as number)).not.toBeNull()
  writeFileSync(pidFile(), `${left.pid}\n${script}`)
  await endLeftOvers(dataDir)
  expect(commandLine(left.pid as number)).toBeNull()
})

test('a process that only got the same number lives on', async () => {
  const stranger = spawn('sleep', ['60'])
  await endLeftOvers(dataDir)
  writeFileSync(pidFile(), `${stranger.pid}\nlib/worker.ts`)
  await endLeftOvers(dataDir)
  expect(commandLine(stranger.pid as number)).toContain('sleep')
  signal(stranger.pid as number, 'SIGKILL')
})
