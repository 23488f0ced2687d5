import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Values = Record<string, string | number>

/** The text with a value for every word between @ signs. A word without a value is an error. */
export function fill(text: string, values: Values): string {
  return text.replace(/@([A-Z][A-Z0-9_]*)@/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The configuration asks for ${name}, which has no value`)
    return String(value)
  })
}

/**
 * Fills every file of a folder beside deploy/README.md into `target`, by way of `write`. True when a file is new or
 * differs from the one that stood there.
 */
export function render(
  folder: 'dovecot' | 'openldap' | 'postfix' | 'redis' | 'rspamd',
  target: string,
  values: Values,
  write: (path: string, text: string) => void,
): boolean {
  const source = fileURLToPath(new URL(`../${folder}/`, import.meta.url))
  let changed = false
  for (const name of filesBelow(source)) {
    const path = join(target, name)
    const text = fill(readFileSync(join(source, name), 'utf8'), values)
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    mkdirSync(dirname(path), { recursive: true })
    write(path, text)
    changed = true
  }
  return changed
}

/** Their paths from the folder on. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}
