import { createTranslator } from 'next-intl'
import { CHARSETS, type RowFault } from './contact-files/words.ts'
import { leftOutFile, type WrittenFile } from './contact-files/write.ts'
import type { Locale } from './i18n/locale.ts'

// Next compiles these files and Node reads them as they are; a static import with an attribute would skip the compiler.
const { default: en } = await import('./i18n/messages/en/contact-file.json', { with: { type: 'json' } })
const { default: zh } = await import('./i18n/messages/zh-CN/contact-file.json', { with: { type: 'json' } })

interface From {
  /** What stands over the columns; none of vCards. */
  columns: string[]
  charset: string
}

interface Row {
  /** Which of the files. */
  file: number
  cells: string[]
  fault: RowFault
}

/** The rows that an import left out as one file, each with why, in the words of whom it is for. */
export function leftOutRows(files: From[], rows: Row[], locale: Locale): WrittenFile & { fileName: string } {
  const t = createTranslator({ locale, messages: locale === 'en' ? en : zh })
  const numbers = [...new Set(rows.map(({ file }) => file))]
  const from = numbers.map((file) => files[file] as From)
  const { heads, placesOf } = columnsOf(from)
  const told = rows.map(({ file, cells, fault }) => {
    const places = placesOf(files[file] as From)
    const placed = heads.map(() => '')
    for (const [at, cell] of cells.entries()) placed[places[at] ?? at] = cell
    return { cells: placed.length > 0 ? Array.from(placed, (cell) => cell ?? '') : cells, reason: t(`why.${fault}`) }
  })
  const charsets = new Set(from.map(({ charset }) => charset))
  const charset = (charsets.size === 1 && CHARSETS.find((each) => charsets.has(each))) || 'utf-8'
  const written = leftOutFile(told, { heads, charset, reason: t('reason') })
  return { ...written, fileName: `${t('leftOut')}${written.suffix}` }
}

/** Of files with other columns, all of them side by side, those of one name once. */
function columnsOf(from: From[]): { heads: string[]; placesOf: (of: From) => number[] } {
  const [first] = from
  const alike = first !== undefined && from.every(({ columns }) => columns.join('\n') === first.columns.join('\n'))
  if (alike) return { heads: first.columns, placesOf: () => [] }
  const namesOf = ({ columns }: From) => (columns.length > 0 ? columns.map((head, at) => head || String(at + 1)) : ['vCard'])
  const heads = [...new Set(from.flatMap(namesOf))]
  return { heads, placesOf: (of) => namesOf(of).map((name) => heads.indexOf(name)) }
}
