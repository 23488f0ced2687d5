import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const CORPUS = join(import.meta.dirname, '../../../../../shared/corpora/mail')

/** Mails that broke other programs (its README names their sources); they lie beside the project on some machines. */
export function corpus(): { name: string; raw: Buffer }[] {
  if (!existsSync(CORPUS)) {
    console.warn('The corpus of odd mails is not here: only our own are tried.')
    return []
  }
  return readdirSync(CORPUS)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => ({ name, raw: readFileSync(join(CORPUS, name)) }))
}
