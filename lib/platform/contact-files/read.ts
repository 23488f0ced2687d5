import { isDeepStrictEqual } from 'node:util'
import { withinBounds } from '#lib/mail-core/address-book/bounds.ts'
import type { ContactCard } from '#lib/mail-core/address-book/port.ts'
import { type ReadVcard, readManyVcards } from '#lib/mail-core/address-book/vcard.ts'
import { type ReadRow, readRow } from './card.ts'
import { decoded, type FoundCharset, findCharset } from './charset.ts'
import { columnsOf } from './columns.ts'
import { binaryKindOf, textKindOf } from './file-kind.ts'
import { proposedGroup } from './proposed-group.ts'
import { findSeparator, type Row, rowsOf } from './records.ts'
import { ContactFileRefused } from './refusal.ts'
import { type FileColumn, isAgain, scanTable, type Table } from './table.ts'
import { readAddresses } from './values.ts'
import { type Charset, type ColumnField, type Dialect, MOST_BYTES, MOST_ROWS, type RowFault } from './words.ts'

export type ContactRow = {
  /** Of the file, from 1, as a spreadsheet counts, heads and empty rows too; of vCards, which card it is. */
  row: number
  /** As they stand in the file: of a row that cannot be read its text, of a vCard the whole card, as one cell. */
  cells: string[]
  /** By which somebody knows the row again. */
  text: string
} & ({ card: ContactCard; fault?: undefined } | { card?: undefined; fault: RowFault })

export interface ContactFile extends FoundCharset {
  dialect: Dialect
  /** Whether the first row names the columns. */
  heads: boolean
  /** None of vCards. */
  columns: FileColumn[]
  /** How many `rows` come. */
  count: number
  /** Where all rows are of one group, that; else from the name of the file, if the rows have none. */
  proposedGroup: string | null
  /** In the order of the file, as often as wanted, a table anew each time so that only a few are held. Lets others run in between. */
  rows: AsyncIterable<ContactRow>
}

export interface HowToRead {
  /** Of the file. */
  name: string
  /** Instead of what is found. `mapping` by column, as many as there are. */
  charset?: Charset | undefined
  mapping?: (ColumnField | null)[] | undefined
  heads?: boolean | undefined
}

/** Lines of a mail program that come before the cards do no harm. */
const VCARD = /^\s*BEGIN:VCARD\s*$/im
const START = 4_096
const BATCH = 100
const LONGEST_TEXT = 120

/**
 * What a contact file says, whatever program wrote it: a table or vCards, its charset, separator and heads found. Lets others run in
 * between.
 *
 * @throws ContactFileRefused when nothing of it can be imported
 */
export async function readContactFile(bytes: Uint8Array, how: HowToRead): Promise<ContactFile> {
  if (bytes.length > MOST_BYTES) throw new ContactFileRefused('too_large')
  const binary = binaryKindOf(bytes)
  if (binary) throw new ContactFileRefused('not_text', binary)
  const found = findCharset(bytes)
  const charset = how.charset ?? found.charset
  const pieces = () => decoded(bytes, charset)
  const start = startOf(pieces())
  const kind = textKindOf(start)
  if (kind) throw new ContactFileRefused('not_text', kind)
  const read = await (VCARD.test(start) ? vcardFile(pieces, how) : tableFile(pieces, how))
  if (read.count === 0) throw new ContactFileRefused('empty')
  if (read.count > MOST_ROWS) throw new ContactFileRefused('too_many_rows')
  return { ...found, charset, ...read }
}

type Read = Omit<ContactFile, keyof FoundCharset>

function startOf(pieces: Iterable<string>): string {
  let start = ''
  for (const piece of pieces) {
    start += piece
    if (start.length >= START) break
  }
  return start.slice(0, START)
}

async function tableFile(pieces: () => Iterable<string>, { name, mapping, heads }: HowToRead): Promise<Read> {
  const separator = findSeparator(pieces)
  const rows = () => rowsOf(pieces(), separator)
  const table = await scanTable(rows, { mapping, heads })
  const { dialect, columns, count, groups } = table
  return {
    ...{ dialect, count, columns, heads: table.heads !== null },
    proposedGroup: proposedGroup(name, groups),
    rows: inTurns(() => contactsOf(rows(), table)),
  }
}

function* contactsOf(rows: Iterable<Row>, { dialect, heads, columns }: Table): Generator<ContactRow> {
  const fields = columns.map(({ field }) => field)
  const names = columns.map(({ head }) => head)
  const filling = columnsOf(names, fields)
  for (const { row, cells, text } of rows) {
    if (heads !== null && (row === heads || (cells && isAgain(cells, names)))) continue
    const read: ReadRow =
      cells === null || cells.slice(columns.length).some(Boolean) ? { fault: 'bad_row' } : readRow(cells, filling, dialect)
    const shown = cells?.filter(Boolean).join(', ') ?? text
    yield { row, cells: cells ?? [text], text: shortened(shown), ...read } as ContactRow
  }
}

const shortened = (text: string) => text.replace(/\s+/g, ' ').slice(0, LONGEST_TEXT).toWellFormed()

async function vcardFile(pieces: () => Iterable<string>, { name }: HowToRead): Promise<Read> {
  // Held all the while: a group at the end of the file tells of cards at its start.
  const read = (await readManyVcards([...pieces()].join(''))).filter(({ group }) => group === undefined)
  const groups = new Set(read.flatMap(({ card }) => card?.groups ?? []))
  return {
    ...{ dialect: 'vcard', count: read.length, columns: [], heads: false },
    proposedGroup: proposedGroup(name, { names: groups, isOfAll: read.every(({ card }) => card?.groups.length === 1) }),
    rows: inTurns(() => contactsOfVcards(read)),
  }
}

function* contactsOfVcards(cards: ReadVcard[]): Generator<ContactRow> {
  for (const [index, { card, raw, fault }] of cards.entries()) {
    const text = shortened(card?.name || raw.replace(/^BEGIN:VCARD\s*/i, ''))
    const read: ReadRow = card === null ? { fault: fault === 'no_contact' ? fault : 'bad_row' } : checked(card)
    yield { row: index + 1, cells: [raw], text, ...read } as ContactRow
  }
}

/** By the same rules as a row of a table: its addresses are ones. */
function checked(card: ContactCard): ReadRow {
  const read = card.emails.map(({ kind, address }) => ({ kind, ...readAddresses(address) }))
  if (read.some(({ bad }) => bad.length > 0)) return { fault: 'bad_address' }
  const emails = read.flatMap(({ kind, addresses }) => addresses.map((address) => ({ kind, address })))
  const whole = { ...card, emails }
  return isDeepStrictEqual(withinBounds(whole), whole) ? { card: whole } : { fault: 'too_long' }
}

function inTurns<T>(items: () => Iterable<T>): AsyncIterable<T> {
  return {
    async *[Symbol.asyncIterator]() {
      let count = 0
      for (const item of items()) {
        yield item
        count += 1
        if (count % BATCH === 0) await new Promise<void>((resolve) => setImmediate(resolve))
      }
    },
  }
}
