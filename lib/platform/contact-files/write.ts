import { randomUUID } from 'node:crypto'
import iconv from 'iconv-lite'
import type { ContactCard } from '#lib/mail-core/address-book/port.ts'
import { writeVcard } from '#lib/mail-core/address-book/vcard.ts'
import { csvLine } from '../csv.ts'
import { GOOGLE_HEADS, googleCells } from './google-columns.ts'
import { type Cells, FOXMAIL, namedCells, OUTLOOK } from './named-columns.ts'
import type { Charset, Dialect, FileFormat } from './words.ts'

export interface WrittenFile {
  content: Buffer
  suffix: '.csv' | '.vcf'
  mediaType: string
  /** Of contacts. */
  count: number
}

type Exported = ContactCard & { id?: string }

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
 * in it (T32). An `id` becomes the UID of a vCard.
 */
export async function writeContactFile(batches: AsyncIterable<Exported[]>, format: FileFormat): Promise<WrittenFile> {
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
  const content = Buffer.concat([...(hasMark ? [MARK] : []), ...lines.map((line) => iconv.encode(line, charset))])
  return { content, suffix: '.csv', mediaType: `text/csv; charset=${charset}`, count: rows.length }
}

const MARK = Buffer.from('\uFEFF')

async function vcardFile(batches: AsyncIterable<Exported[]>): Promise<WrittenFile> {
  const parts: string[] = []
  for await (const cards of batches) {
    for (const { id = randomUUID(), ...card } of cards) parts.push(writeVcard(card, { version: '3.0', uid: id }))
  }
  return { content: Buffer.from(parts.join('')), suffix: '.vcf', mediaType: 'text/vcard; charset=utf-8', count: parts.length }
}

export interface LeftOutRow {
  cells: string[]
  /** In the words of whom it is for. */
  reason: string
}

export interface LeftOutFrom {
  dialect: Dialect
  charset: Charset
  /** Whether the file had heads. */
  heads: boolean
  columns: { head: string }[]
  /** The head of the last column. */
  reasonHead: string
}

/** Rows that were left out, in the columns and the charset in which they came, and why in one more column; of vCards in `X-REASON`. */
export function writeLeftOut(rows: LeftOutRow[], { dialect, charset, heads, columns, reasonHead }: LeftOutFrom): WrittenFile {
  const isVcard = dialect === 'vcard'
  const width = Math.max(columns.length, ...rows.map(({ cells }) => cells.length))
  const wide = (cells: string[]) => Array.from({ length: width }, (_, at) => cells[at] ?? '')
  const table = rows.map(({ cells, reason }) => csvLine([...wide(cells), reason]))
  const head = heads ? csvLine([...wide(columns.map((column) => column.head)), reasonHead]) : ''
  const text = isVcard ? rows.map(vcardLeftOut).join('') : head + table.join('')
  return {
    content: encoded(text, charset),
    suffix: isVcard ? '.vcf' : '.csv',
    mediaType: isVcard ? 'text/vcard' : 'text/csv',
    count: rows.length,
  }
}

const vcardLeftOut = ({ cells: [raw = ''], reason }: LeftOutRow) =>
  raw.replace(/^BEGIN:VCARD[^\S\r\n]*(\r\n|\r|\n)/i, (begin) => `${begin}X-REASON:${reason.replace(/[\r\n]+/g, ' ')}\r\n`)

/** UTF-8 where the charset has not all of the characters, a reason in Chinese for one. */
function encoded(text: string, charset: Charset): Buffer {
  const octets = iconv.encode(text, charset, { addBOM: charset.startsWith('utf-') })
  return iconv.decode(octets, charset) === text ? octets : Buffer.concat([MARK, Buffer.from(text)])
}
