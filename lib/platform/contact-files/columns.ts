import { meaningsOf, plainHead } from './heads.ts'
import { readAddresses, readNumbers } from './values.ts'
import type { ColumnField } from './words.ts'

/** A column of a table, by its place. */
export interface ReadColumn {
  at: number
  head: string
  field: ColumnField
  /** Columns with the same one are parts of one thing: of an address, or a value and what says of which kind it is. */
  item: string
  /** Where, in the same row, stands of which kind it is, and of a message whose service. */
  label: number | undefined
  service: number | undefined
  /** Of a whole address, `Home Address`: where its street stands by itself, so that it is not told twice. */
  street: number | undefined
}

/** The columns that fill something. `fields`: what somebody has chosen instead of what the heads mean. */
export function columnsOf(heads: string[], fields: (ColumnField | null)[]): ReadColumn[] {
  const meanings = meaningsOf(heads)
  const labelOf = (item: string, role: 'label' | 'service') => {
    const at = meanings.findIndex((meaning) => meaning.role === role && meaning.item === item)
    return at < 0 ? undefined : at
  }
  const plain = heads.map(plainHead)
  const streetOf = (at: number) => {
    const street = plain[at]?.endsWith('address') ? plain.indexOf(plain[at].replace(/address$/, 'street')) : -1
    return street >= 0 && fields[street] === fields[at] ? street : undefined
  }
  return fields.flatMap((field, at): ReadColumn[] => {
    if (field === null) return []
    const { item = '', field: meant } = meanings[at] ?? {}
    const own = field === meant ? item : `${field}.`
    const beside = { label: labelOf(own, 'label'), service: labelOf(own, 'service'), street: streetOf(at) }
    return [{ at, head: heads[at] ?? '', field, item: own, ...beside }]
  })
}

const MOST = 0.6
const LONGEST_NAME = 30
const MOBILE = /^(\+?86)?1[3-9]\d{9}$/

/** What columns without heads hold, by the look of their cells: addresses, numbers, and one of names. */
export function fieldsByContent(columns: string[][]): (ColumnField | null)[] {
  const found = columns.map(fieldOf)
  const named = columns.findIndex((cells, at) => found[at] === null && looksLike(cells, isName))
  return found.map((field, at) => (at === named ? 'name' : field))
}

function fieldOf(cells: string[]): ColumnField | null {
  if (looksLike(cells, isAddress)) return 'email.other'
  if (looksLike(cells, (cell) => readNumbers(cell).every((number) => MOBILE.test(number.replace(/[\s()-]/g, ''))))) return 'phone.mobile'
  return looksLike(cells, isNumber) ? 'phone.other' : null
}

function looksLike(cells: string[], is: (cell: string) => boolean): boolean {
  const filled = cells.filter(Boolean)
  return filled.length > 0 && filled.filter(is).length >= filled.length * MOST
}

export function isAddress(cell: string): boolean {
  const { addresses, bad } = readAddresses(cell)
  return addresses.length > 0 && bad.length === 0
}
export const isNumber = (cell: string): boolean =>
  /^\+?[\d\s().-]{7,20}$/.test(cell.normalize('NFKC')) && cell.replace(/\D/g, '').length >= 7
const isName = (cell: string) => cell.length <= LONGEST_NAME && /^[\p{L}\p{M}][\p{L}\p{M}\s.'·-]*$/u.test(cell)
