import { randomUUID } from 'node:crypto'
import iconv from 'iconv-lite'
import type { ContactCard } from '#lib/mail-core/address-book/port.ts'
import { writeVcard } from '#lib/mail-core/address-book/vcard.ts'
import { csvLine } from '../csv.ts'
import { GOOGLE_HEADS, googleCells } from './google-columns.ts'
import { type Cells, FOXMAIL, namedCells, OUTLOOK } from './named-columns.ts'
import type { Charset, FileFormat } from './words.ts'

export interface WrittenFile {
  bytes: Buffer
  suffix: '.csv' | '.vcf'
  mediaType: string
}

interface TableFormat {
  usual: string[]
  cells: (card: ContactCard) => Cells
  charset: Charset
  hasMark: boolean
}

const TABLES: Record<Exclude<FileFormat, 'vcard'>, TableFormat> = {
  // Foxmail reads GBK. GB18030 writes the same octets wherever GBK has the character, and four for the rest.
  foxmail: { usual: FOXMAIL.usual, cells: (card) => namedCells(card, FOXMAIL), charset: 'gb18030', hasMark: false },
  outlook: { usual: OUTLOOK.usual, cells: (card) => namedCells(card, OUTLOOK), charset: 'utf-8', hasMark: true },
  google: { usual: GOOGLE_HEADS, cells: googleCells, charset: 'utf-8', hasMark: false },
}

/**
 * Contacts as a file of a mail program, from which the importer reads them again. What a spreadsheet would run as a formula is text
 * in it (T32).
 */
export async function writeContactFile(batches: AsyncIterable<ContactCard[]>, format: FileFormat): Promise<WrittenFile> {
  if (format === 'vcard') return vcardFile(batches)
  const { usual, cells, charset, hasMark } = TABLES[format]
  const places = new Map(usual.map((head, at) => [head, at]))
  const rows: string[][] = []
  for await (const cards of batches) {
    for (const card of cards) {
      const row: string[] = []
      for (const [head, cell] of cells(card)) {
        const at = places.get(head) ?? places.size
        places.set(head, at)
        row[at] = cell
      }
      rows.push(row)
    }
  }
  const heads = [...places.keys()]
  const lines = [heads, ...rows].map((row) => csvLine(heads.map((_, at) => row[at] ?? '')))
  const bytes = Buffer.concat([...(hasMark ? [MARK] : []), ...lines.map((line) => iconv.encode(line, charset))])
  return { bytes, suffix: '.csv', mediaType: `text/csv; charset=${charset}` }
}

const MARK = Buffer.from('\uFEFF')

async function vcardFile(batches: AsyncIterable<ContactCard[]>): Promise<WrittenFile> {
  const parts: string[] = []
  for await (const cards of batches) for (const card of cards) parts.push(writeVcard(card, { version: '3.0', uid: randomUUID() }))
  return { bytes: Buffer.from(parts.join('')), suffix: '.vcf', mediaType: 'text/vcard; charset=utf-8' }
}

export interface LeftOutRow {
  cells: string[]
  /** In the words of whom it is for. */
  reason: string
}

export interface LeftOutFrom {
  /** Of the columns, all empty where the file had no heads; none at all of vCards. */
  heads: string[]
  charset: Charset
  /** The head of one more column, which says why. */
  reason: string
}

/** Rows that were left out, in the columns and the charset in which they came, each with why; in a vCard as `X-REASON`. */
export function leftOutFile(rows: LeftOutRow[], { heads, charset, reason }: LeftOutFrom): WrittenFile {
  if (heads.length === 0) return { bytes: encoded(rows.map(vcardLeftOut).join(''), charset), suffix: '.vcf', mediaType: 'text/vcard' }
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), heads.length)
  const wide = (cells: string[]) => Array.from({ length: width }, (_, at) => cells[at] ?? '')
  const first = heads.some(Boolean) ? [[...wide(heads), reason]] : []
  const table = [...first, ...rows.map((row) => [...wide(row.cells), row.reason])]
  return { bytes: encoded(table.map(csvLine).join(''), charset), suffix: '.csv', mediaType: 'text/csv' }
}

const vcardLeftOut = ({ cells: [raw = ''], reason }: LeftOutRow) =>
  raw.replace(/^BEGIN:VCARD[^\S\r\n]*(\r\n|\r|\n)/i, (begin) => `${begin}X-REASON:${reason.replace(/[\r\n]+/g, ' ')}\r\n`)

/** UTF-8 where the charset has not all of the characters, a reason in Chinese for one. */
function encoded(text: string, charset: Charset): Buffer {
  const octets = iconv.encode(text, charset, { addBOM: charset.startsWith('utf-') })
  return iconv.decode(octets, charset) === text ? octets : Buffer.concat([MARK, Buffer.from(text)])
}
