import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { tail } from './processes.ts'

const ROOT = join(import.meta.dirname, '../..')
const SOURCES = ['app', 'components', 'db', 'lib', 'instrumentation.ts', 'next.config.mjs', 'package-lock.json', 'proxy.ts']

/** Builds the portal unless what is there is newer than every source. */
export async function buildPortal(log: string): Promise<void> {
  const built = join(ROOT, '.next', 'BUILD_ID')
  if (existsSync(built) && newest(SOURCES.map((name) => join(ROOT, name))) < statSync(built).mtimeMs) return
  console.log('Building the portal. This takes about a minute, once.')
  const output = openSync(log, 'w', 0o600)
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const endWithUs = () => child.kill()
  process.once('exit', endWithUs)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  process.off('exit', endWithUs)
  if (code !== 0) throw new Error(`The portal could not be built. The end of ${log}:\n${tail(log)}`)
}

/** The latest time of change below these paths; tests are not part of a build. */
function newest(paths: string[]): number {
  const times = paths.map((path) => {
    const { mtimeMs } = statSync(path)
    const entries = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, withFileTypes: true }) : []
    const files = entries.filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    return Math.max(mtimeMs, ...files.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs))
  })
  return Math.max(...times)
}
