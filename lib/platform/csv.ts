/**
 * A spreadsheet would run these as a formula (T32); an apostrophe makes them text. Those of full width are run where Chinese is written.
 * Within a cell as well: a spreadsheet that parts by semicolons knows no quotes in the middle of a line.
 */
const FORMULA = /(?<=^|[;\t\r\n])(?='*[=+\-@＝＋－＠\t\r])/g
const GUARDED = /(?<=^|[;\t\r\n])'(?='*[=+\-@＝＋－＠\t\r])/g

/** What a spreadsheet shows as it is. */
export const guarded = (value: string): string => value.replace(FORMULA, "'")
/** Back again. */
export const unguarded = (cell: string): string => cell.replace(GUARDED, '')

const cell = (value: string): string => {
  const safe = guarded(value)
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of RFC 4180. */
export const csvLine = (row: string[]): string => `${row.map(cell).join(',')}\r\n`

/** RFC 4180, with the byte order mark by which Excel knows UTF-8. */
export function toCsv(rows: string[][]): string {
  return `\uFEFF${rows.map(csvLine).join('')}`
}
