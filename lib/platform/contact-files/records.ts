import { unguarded } from '../csv.ts'
import { ContactFileRefused } from './refusal.ts'
import { MOST_ROWS } from './words.ts'

export const SEPARATORS = [',', ';', '\t'] as const
export type Separator = (typeof SEPARATORS)[number]

/** Row `row` of the file, from 1, as a spreadsheet counts: empty ones too. `cells` null: it cannot be read, a quote is missing. */
export interface Row {
  row: number
  cells: string[] | null
  /** As it stands in the file. */
  text: string
}

/** A cell that goes on over more lines than this has lost its closing quote. */
const MOST_LINES = 100
const LONGEST_CELL = 10_000
/** Of a line with quotes. */
const LONGEST_LINE = 100_000
const FIRST_ROWS = 10
/** Of a row: more than any spreadsheet has columns (16,384). */
const MOST_CELLS = 20_000

/** `sep=;`, by which Excel is told, is the first line of the file. */
const saidSeparator = (line: string): string | undefined => /^\uFEFF?sep=(.)\s*$/i.exec(line)?.[1]

/** Lines end in CRLF, LF or a bare CR. */
function* linesOf(pieces: Iterable<string>): Generator<string> {
  let rest = ''
  for (const piece of pieces) {
    // A CR at the end may be half of a CRLF.
    const [text, held] = piece.endsWith('\r') ? [rest + piece.slice(0, -1), '\r'] : [rest + piece, '']
    const lines = text.split(/\r\n|\r|\n/)
    rest = `${lines.pop()}${held}`
    yield* lines
  }
  if (rest !== '') yield* rest.split(/\r\n?/)
}

/** RFC 4180 with blanks around quotes, and quotes inside a cell that does not begin with one. No part can go far back into another. */
function grammar(separator: Separator) {
  const inside = '[^"]*(?:""[^"]*)*'
  const bare = ` *[^${separator}" ][^${separator}]*| *`
  const cell = `(?: *"${inside}" *|${bare})`
  const more = `(?:${separator}${cell})*`
  const opened = `${separator} *"${inside}`
  return {
    whole: new RegExp(`^${cell}${more}$`),
    opens: new RegExp(`^(?: *"${inside}|${cell}${more}${opened})$`),
    inside: new RegExp(`^${inside}$`),
    closes: new RegExp(`^${inside}" *${more}$`),
    reopens: new RegExp(`^${inside}" *${more}${opened}$`),
    each: new RegExp(`(?: *"(${inside})" *|(${bare}))(${separator}|$)`, 'y'),
  }
}
type Grammar = ReturnType<typeof grammar>

/**
 * The rows of a table, left out those in which nothing stands but separators. What does not belong together is never merged: a line with a quote too few comes without
 * cells, and the next line is a row of its own.
 *
 * @throws ContactFileRefused too_many_rows, of hardly anything but empty lines; too_many_columns, of one line of hardly anything but separators
 */
export function* rowsOf(pieces: Iterable<string>, separator: Separator): Generator<Row> {
  const lines = linesOf(pieces)
  const is = grammar(separator)
  const ahead: string[] = []
  const next = (): string | undefined => ahead.shift() ?? lines.next().value
  let row = 0
  for (let line = next(); line !== undefined; line = next()) {
    if (row === 0 && saidSeparator(line) !== undefined) continue
    row += 1
    if (row > MOST_ROWS * 10) throw new ContactFileRefused('too_many_rows')
    // A byte order mark stands wherever files were put together.
    const text = line.replace(/^\uFEFF+/, '')
    const found = text.includes('"') ? quoted(text, is, next, ahead) : { text, cells: text.split(separator, MOST_CELLS).map(plain) }
    if (found.cells?.length === MOST_CELLS) throw new ContactFileRefused('too_many_columns')
    if (found.cells === null || found.cells.some(Boolean)) yield { row, ...found }
  }
}

function quoted(text: string, is: Grammar, next: () => string | undefined, ahead: string[]): Omit<Row, 'row'> {
  if (text.length > LONGEST_LINE) return { text, cells: null }
  if (is.whole.test(text)) return { text, cells: cellsOf(text, is) }
  if (!is.opens.test(text)) return { text, cells: null }
  const { lines, isClosed } = closed(next, is)
  const whole = [text, ...lines].join('\n')
  if (isClosed) return { text: whole, cells: cellsOf(whole, is) }
  ahead.unshift(...lines)
  return { text, cells: null }
}

/** The lines that follow one that left a quote open, up to where it is closed. */
function closed(next: () => string | undefined, is: Grammar): { lines: string[]; isClosed: boolean } {
  const lines: string[] = []
  let length = 0
  while (lines.length < MOST_LINES && length < LONGEST_CELL) {
    const line = next()
    if (line === undefined) break
    lines.push(line)
    length += line.length
    if (is.closes.test(line)) return { lines, isClosed: true }
    if (!is.inside.test(line) && !is.reopens.test(line)) break
  }
  return { lines, isClosed: false }
}

function cellsOf(text: string, { each }: Grammar): string[] {
  const cells: string[] = []
  each.lastIndex = 0
  for (let goesOn = true; goesOn; ) {
    const [, inside, bare = '', end] = each.exec(text) ?? []
    cells.push(plain(inside === undefined ? bare : inside.replaceAll('""', '"')))
    // A separator at the very end is followed by one more cell, an empty one.
    goesOn = Boolean(end)
  }
  return cells
}

/** Without the apostrophe of our own exports (T32), and out of the formula by which some programs keep a number's zeros: `="0123"`. */
function plain(cell: string): string {
  const text = cell.trim()
  const [, inner] = /^="([^"]*)"$/.exec(text) ?? []
  return inner ?? unguarded(text)
}

/** By which of the separators the first rows fall into as many cells each; when in doubt a comma. */
export function findSeparator(pieces: () => Iterable<string>): Separator {
  const [first = ''] = linesOf(pieces())
  const said = SEPARATORS.find((separator) => separator === saidSeparator(first))
  if (said) return said
  const points = SEPARATORS.map((separator) => {
    const counts: number[] = []
    for (const { cells } of rowsOf(pieces(), separator)) {
      if (counts.push(cells?.length ?? 0) >= FIRST_ROWS) break
    }
    const [heads = 0] = counts
    return heads < 2 ? 0 : counts.filter((count) => count === heads).length * 1_000 + heads
  })
  const best = Math.max(...points)
  return best === 0 ? ',' : (SEPARATORS[points.indexOf(best)] as Separator)
}
