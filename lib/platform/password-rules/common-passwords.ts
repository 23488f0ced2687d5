import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mayHold } from './bloom.ts'
import { fold } from './known-words.ts'
import { tellingLength } from './runs.ts'

const FILE = join(process.cwd(), 'lib/platform/password-rules/common-passwords.bin')

/**
 * Under which texts a password is looked up: as it is, and without the digits and signs around it where the word is at least half of
 * it (`Password2026!`).
 */
export function lookups(password: string): string[] {
  const folded = fold(password)
  const word = folded.replace(/^\P{L}+|\P{L}+$/gu, '')
  const length = [...word].length
  const isWord = length >= (/^[a-z]*$/.test(word) ? 4 : 2)
  return word !== folded && isWord && length * 2 >= tellingLength(folded) ? [folded, word] : [folded]
}

let filter: Promise<Buffer> | undefined

/** Whether it stands in the offline list of common and breached passwords (README.md here). One answer in 50,000 is yes by mistake. */
export async function isCommon(password: string): Promise<boolean> {
  filter ??= readFile(FILE)
  const list = await filter
  return lookups(password).some((text) => mayHold(list, text))
}
