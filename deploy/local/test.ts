import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { sambaMissing } from '#deploy/counterparts/samba.ts'
import { buildPortal } from '#deploy/demo/build.ts'
import { installMailStack, missingPackages } from '#deploy/install.ts'

// `npm test`: everything there is to prove, and how much of it held as the last line.

interface Numbers {
  passed: number
  failed: number
  skipped: number
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; message: string; assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[]
}

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs: {
    title: string
    tests: { projectName: string; status: 'expected' | 'unexpected' | 'flaky' | 'skipped'; results: { error?: { message?: string } }[] }[]
  }[]
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  suites: PlaywrightSuite[]
}

const ROOT = join(import.meta.dirname, '../..')
const BIN = join(ROOT, 'node_modules', '.bin')
const reports = mkdtempSync(join(tmpdir(), 'posthouse-reports-'))
const total: Numbers = { passed: 0, failed: 0, skipped: 0 }
/** What failed, told once more at the end, where it is looked for. */
const failures: string[] = []
/** A busy machine may cost a browser a moment; so many tests may need a second try, and are named. More is a race of ours. */
const MOST_SECOND_TRIES = 2
const secondTries: string[] = []

const noBrowser = installBrowser()
const noMailStack = installed()

await step('Types', () => command('next', ['typegen']).then((code) => code || command('tsc', ['--noEmit'])))
await step('Lint', () => command('biome', ['ci', '--config-path=lib/biome-rules.json', '.']))
await vitest('unit', null)
await vitest('live', noMailStack)
await step('Build', () => buildPortal(join(reports, 'build.log')).then(() => 0))
await playwright('embedded mail core', noBrowser, [])
await playwright('real mail core', noBrowser ?? noMailStack, ['--mail', 'real'])
await playwright('Active Directory', noBrowser ?? sambaMissing(), ['password', 'reset', '--directory', 'active-directory'])

rmSync(reports, { recursive: true })
if (secondTries.length > 0) console.log(`\n— Passed at the second try\n${secondTries.join('\n')}`)
if (secondTries.length > MOST_SECOND_TRIES) {
  failures.push(`${secondTries.length} tests needed a second try; ${MOST_SECOND_TRIES} may`)
  add({ passed: -secondTries.length, failed: secondTries.length, skipped: 0 })
}
if (failures.length > 0) console.log(`\n— Failed\n${failures.join('\n')}`)
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed > 0 ? 1 : 0

/** Null when Chromium and a Han typeface are there, else the sentence that says what is missing. */
function installBrowser(): string | null {
  const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell'
  if (existsSync('/etc/debian_version') && !process.env.CHROMIUM) return installed(['chromium-headless-shell', 'fonts-noto-cjk'])
  return existsSync(chromium) ? null : `Chromium is not at ${chromium}. Set CHROMIUM to where it is.`
}

function installed(wanted?: string[]): string | null {
  const missing = missingPackages(wanted)
  if (missing.length > 0) console.log(`Not installed from Debian: ${missing.join(' ')}.`)
  try {
    return installMailStack(wanted)
  } catch (error) {
    return (error as Error).message
  }
}

/** A check that has no tests to count is one itself. */
async function step(name: string, work: () => Promise<number>): Promise<void> {
  console.log(`\n— ${name}`)
  const code = await work().catch((error: Error) => {
    console.error(error.message)
    return 1
  })
  if (code !== 0) failures.push(name)
  add({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 })
}

async function vitest(project: string, obstacle: string | null): Promise<void> {
  if (skip(`vitest ${project}`, obstacle)) return
  const report = join(reports, `vitest-${project}.json`)
  const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await command('vitest', ['run', '--config', 'lib/vitest.config.ts', '--project', project, ...output])
  count<VitestReport>(`vitest ${project}`, code, report, (run) => ({
    passed: run.numPassedTests,
    failed: run.numFailedTests,
    skipped: run.numPendingTests + run.numTodoTests,
    failures: run.testResults.flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed')
      const of = (title: string, text = '') => `${relative(ROOT, name)} > ${title}\n    ${firstLine(text)}`
      return message && failed.length === 0
        ? [of('the file itself', message)]
        : failed.map((test) => of(test.fullName, test.failureMessages[0]))
    }),
  }))
}

async function playwright(house: string, obstacle: string | null, args: string[]): Promise<void> {
  if (skip(`Browser tests, ${house}`, obstacle)) return
  const report = join(reports, `playwright-${house.replaceAll(' ', '-')}.json`)
  const code = await command('node', ['e2e/run.ts', ...args], { PLAYWRIGHT_JSON_OUTPUT_NAME: report })
  count<PlaywrightReport>(`browser tests, ${house}`, code, report, ({ stats, suites }) => {
    secondTries.push(...suites.flatMap((suite) => endedAs('flaky', suite, house)))
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      failures: suites.flatMap((suite) => endedAs('unexpected', suite, house)),
    }
  })
}

function endedAs(wanted: 'unexpected' | 'flaky', { title, suites = [], specs }: PlaywrightSuite, house: string): string[] {
  const own = specs.flatMap(({ title: test, tests }) =>
    tests
      .filter(({ status }) => status === wanted)
      .map(({ projectName, results }) => {
        const reason = results.find(({ error }) => error)?.error?.message
        return `${title} (${house}, ${projectName}) > ${test}\n    ${firstLine(reason)}`
      }),
  )
  return [...own, ...suites.flatMap((suite) => endedAs(wanted, suite, house))]
}

function firstLine(text = ''): string {
  return text.split('\n')[0]?.slice(0, 300) ?? ''
}

function skip(name: string, obstacle: string | null): boolean {
  console.log(`\n— ${name}`)
  if (!obstacle) return false
  console.log(`Skipped. ${obstacle}`)
  add({ passed: 0, failed: 0, skipped: 1 })
  return true
}

/** A run that broke before or after its tests counts as a failure even when each test passed. */
function count<Report>(name: string, code: number, file: string, read: (report: Report) => Numbers & { failures: string[] }): void {
  const none = { passed: 0, failed: 0, skipped: 0, failures: [] }
  const run = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8')) as Report) : none
  if (code !== 0 && run.failed === 0) {
    run.failed = 1
    run.failures.push(`${name}: ended with code ${code} though no test failed`)
  }
  failures.push(...run.failures)
  add(run)
}

function add(numbers: Numbers): void {
  for (const kind of ['passed', 'failed', 'skipped'] as const) total[kind] += numbers[kind]
}

function command(name: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(join(BIN, name), args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' })
    const forward = (signal: NodeJS.Signals) => child.kill(signal)
    process.once('SIGTERM', forward).once('SIGINT', forward)
    child.once('error', () => resolve(1))
    child.once('exit', (code, by) => {
      process.off('SIGTERM', forward).off('SIGINT', forward)
      if (by === 'SIGINT' || by === 'SIGTERM' || code === 130) process.exit(130)
      resolve(code ?? 1)
    })
  })
}
