import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path/posix'

const ROOT = new URL('../../../', import.meta.url).pathname
const FOLDERS = '{app,components,db,lib,e2e,deploy}'

export interface Import {
  /** A path of the repository, or a package's name as it is written. */
  target: string
  /** Gone at run time. */
  typeOnly: boolean
  /** By `import()`. */
  later: boolean
}

export interface Source {
  path: string
  text: string
  imports: Import[]
}

/** Every source of the repository. */
export function readSources(): Source[] {
  const paths = globSync([`${FOLDERS}/**/*.{ts,tsx,mjs}`, '*.{ts,mjs}'], {
    cwd: ROOT,
    exclude: ['**/node_modules/**', '**/.next/**', '*.d.ts'],
  })
  return paths.sort().map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8')
    return { path, text, imports: importsOf(path, text) }
  })
}

const STATIC = /^(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]+\s+from\s+)?['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g

export function importsOf(path: string, text: string): Import[] {
  const found = [...text.matchAll(STATIC)].map(([, type, name]) => ({ name: name as string, typeOnly: type !== undefined, later: false }))
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, name]) => ({ name: name as string, typeOnly: false, later: true }))
  return [...found, ...dynamic].map(({ name, ...how }) => ({ target: resolve(path, name), ...how }))
}

function resolve(from: string, name: string): string {
  if (name.startsWith('.')) return relative('', join(dirname(from), name))
  return name.startsWith('#') ? name.slice(1) : name
}
