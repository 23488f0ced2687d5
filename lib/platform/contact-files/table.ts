import { setImmediate as turn } from 'node:timers/promises'
import { fieldsByContent, isAddress, isNumber } from './columns.ts'
import { findDialect } from './dialects.ts'
import { meaningOf, meaningsOf, plainHead } from './heads.ts'
import type { FoundGroups } from './proposed-group.ts'
import type { Row } from './records.ts'
import { ContactFileRefused } from './refusal.ts'
import { flat, readList } from './values.ts'
import { type ColumnField, type Dialect, MOST_COLUMNS } from './words.ts'

export interface FileColumn {
  /** Empty where the file has no heads. */
  head: string
  field: ColumnField | null
  /** Of the first rows. */
  samples: string[]
  /** In every row. */
  empty: boolean
}

export interface Table {
  dialect: Dialect
  /** The row of the heads; null: there are none. */
  heads: number | null
  columns: FileColumn[]
  count: number
  groups: FoundGroups
}

interface Wishes {
  mapping: (ColumnField | null)[] | undefined
  heads: boolean | undefined
}

/** So many rows tell what a column without a name holds. */
const LOOKED_AT = 50
const SAMPLES = 3
const AT_ONCE = 100
/** So many rows may stand above the heads: a title, a note of the program. */
const MOST_ABOVE = 4
const LONGEST_SAMPLE = 100

/**
 * Goes through a table once: what its columns are called, mean and hold. Lets others run in between.
 *
 * @throws ContactFileRefused too_many_columns
 */
export async function scanTable(rows: () => Iterable<Row>, wishes: Wishes): Promise<Table> {
  const looked = firstRows(rows())
  const headed = wishes.heads === false ? null : (headRowOf(looked) ?? (wishes.heads && looked[0]) ?? null)
  const names = headed ? withoutEnd(headed.cells) : []
  const dialect = findDialect(names)
  const cells = looked.slice(headed ? looked.indexOf(headed) + 1 : 0).map((row) => row.cells)
  const groupColumns = (wishes.mapping ?? meaningsOf(names).map(({ field }) => field)).flatMap((field, at) =>
    field === 'groups' ? [at] : [],
  )
  const { width, filled, count, groups } = await wholeOf(rows(), { names, headRow: headed?.row ?? null, groupColumns, dialect })
  const heads = Array.from({ length: width }, (_, at) => names[at] ?? '')
  const fields = wishes.mapping ?? fieldsOf(heads, cells)
  const columns = heads.map((head, at) => ({
    ...{ head, field: fields[at] ?? null, empty: !filled.has(at) },
    samples: cells.slice(0, SAMPLES).map((row) =>
      flat(row[at] ?? '')
        .slice(0, LONGEST_SAMPLE)
        .toWellFormed(),
    ),
  }))
  return { dialect, columns, count, heads: headed?.row ?? null, groups }
}

function firstRows(rows: Iterable<Row>): { row: number; cells: string[] }[] {
  const found: { row: number; cells: string[] }[] = []
  for (const { row, cells } of rows) {
    if (cells) found.push({ row, cells })
    if (found.length > LOOKED_AT) break
  }
  return found
}

/** Those at the end of which a comma is all there is. */
const withoutEnd = (cells: string[]) => cells.slice(0, cells.findLastIndex(Boolean) + 1)

type Looked = ReturnType<typeof firstRows>[number]

/** The first row, or one below a title that says more of what is known. */
function headRowOf(looked: Looked[]): Looked | undefined {
  const [first] = looked
  if (!first) return undefined
  const known = (row: Looked) => (row.cells.some(isReach) ? 0 : row.cells.filter(isKnown).length)
  const best = looked.slice(1, MOST_ABOVE + 1).reduce((most, row) => (known(row) > known(most) ? row : most), first)
  if (best !== first && known(best) > 1) return best
  const below = looked.slice(1).map(({ cells }) => cells)
  return areHeads(first.cells, below) ? first : undefined
}

const isReach = (cell: string) => isAddress(cell) || isNumber(cell)

/** A row of heads holds no address and no number, and either some known head, or nothing of what stands below it. */
function areHeads(cells: string[], below: string[][]): boolean {
  if (cells.some(isReach)) return false
  if (cells.some(isKnown)) return true
  return cells.filter(Boolean).length > 1 && below.some((row) => row.some((cell, at) => cells[at] && isReach(cell)))
}

function isKnown(head: string): boolean {
  const { field, role } = meaningOf(head)
  return (field !== null || role !== 'value') && plainHead(head) !== ''
}

/** What the heads do not say, the cells do: of a file without addresses, or without numbers, which column holds them. */
function fieldsOf(heads: string[], cells: string[][]): (ColumnField | null)[] {
  const known = meaningsOf(heads).map(({ field }) => field)
  const held = fieldsByContent(heads.map((_, at) => cells.map((row) => row[at] ?? '')))
  if (!known.some(Boolean)) return held
  const isLacking = (what: string) => !known.some((field) => field?.startsWith(what))
  const wanted = [isLacking('email.') && 'email.other', isLacking('phone.') && 'phone.mobile']
  return known.map((field, at) => field ?? (wanted.includes(held[at] as string) ? (held[at] as ColumnField) : null))
}

interface Known {
  names: string[]
  headRow: number | null
  groupColumns: number[]
  dialect: Dialect
}

async function wholeOf(rows: Iterable<Row>, { names, headRow, groupColumns, dialect }: Known) {
  const filled = new Set<number>()
  const groups: FoundGroups = { names: new Set(), isOfAll: true }
  let [width, count] = [names.length, 0]
  for (const { row, cells } of rows) {
    if (row === headRow || (cells && headRow !== null && isAgain(cells, names))) continue
    count += 1
    if (count % AT_ONCE === 0) await turn()
    if (!cells) continue
    for (const [at, cell] of cells.entries()) if (cell !== '') filled.add(at)
    // What goes on past the last head is no column, and the row is told.
    if (headRow === null) width = Math.max(width, withoutEnd(cells).length)
    const own = groupColumns.flatMap((at) => readList(cells[at] ?? '', dialect === 'google' ? 'google' : 'other'))
    groups.isOfAll &&= own.length === 1
    for (const name of own) groups.names.add(name)
  }
  if (width > MOST_COLUMNS) throw new ContactFileRefused('too_many_columns')
  return { width, filled, count, groups }
}

/** Files that were put together have their heads in the middle too. */
export const isAgain = (cells: string[], names: string[]) =>
  cells[0] === names[0] && withoutEnd(cells).length === names.length && names.every((name, at) => cells[at] === name)
