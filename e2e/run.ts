import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort } from '#deploy/local/ports.ts'
import { startPostgres } from '#deploy/local/postgres.ts'
import { until } from '#deploy/local/process-table.ts'

// `npm run e2e -- [capability…] [--mail real | --directory active-directory]`: a demo of its own, the browser tests against it, and nothing left behind.

const ROOT = join(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  options: { mail: { type: 'string', default: 'embedded' }, directory: { type: 'string' } },
  allowPositionals: true,
})
const dataDir = mkdtempSync(join(tmpdir(), 'posthouse-e2e-'))
// As root the database runs as another user, who has to pass here.
chmodSync(dataDir, 0o755)

function run(args: string[], env: Record<string, string>, detached = false) {
  return spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit', detached })
}

const exitOf = (child: ReturnType<typeof spawn>) => new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))

const demo = run(
  ['deploy/demo/demo.ts', '--mail', values.mail, ...(values.directory ? ['--directory', values.directory] : [])],
  { DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: 'warn' },
  true,
)
const ended = exitOf(demo)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => demo.kill('SIGTERM'))
let code = 1
try {
  const file = join(dataDir, 'demo.json')
  const ready = await Promise.race([until(() => existsSync(file), 300_000), ended.then(() => false)])
  if (!ready) throw new Error('The demo did not start.')
  const { url } = JSON.parse(readFileSync(file, 'utf8'))
  // The demo's own server: asked only where it listens.
  const { url: database } = await startPostgres({ dataDir, durable: true })
  const specs = positionals.map((name) => `${name}.spec.ts`)
  const tests = run(['node_modules/@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts', ...specs], {
    E2E_URL: url,
    E2E_DATA_DIR: dataDir,
    E2E_MAIL: values.mail,
    E2E_DIRECTORY: values.directory ?? '',
    E2E_DATABASE_URL: database('posthouse'),
  })
  code = await exitOf(tests)
} finally {
  demo.kill('SIGTERM')
  await ended
  if (code === 0) rmSync(dataDir, { recursive: true, force: true })
  else console.log(`The logs are in ${join(dataDir, 'log')}.`)
}
process.exit(code)
