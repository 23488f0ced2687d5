import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSeparator, rowsOf, SEPARATORS } from './records.ts'

const rows = (text: string, pieces = [text]) => {
  const separator = findSeparator(() => pieces)
  return [...rowsOf(pieces, separator)].map(({ cells, text: line }) => cells ?? `broken: ${line}`)
}

describe('A table falls into rows', () => {
  test.each([
    ['with CRLF', 'a,b\r\nc,d\r\n'],
    ['with LF', 'a,b\nc,d'],
    ['with bare CR', 'a,b\rc,d\r'],
    ['with tabs', 'a\tb\nc\td'],
    ['with semicolons', 'a;b\nc;d'],
    ['with quotes', '"a","b"\n"c","d"'],
    ['with blanks around quotes', '"a" , "b"\n "c",d '],
    ['with empty lines', '\n\na,b\n\r\n \n,,\nc,d\n\n'],
    ['with byte order marks wherever files were put together', '\uFEFFa,b\n\uFEFF"c",d'],
    ['with the separator said as Excel says it', 'sep=;\r\na;b\r\nc;d'],
    ['with formulas that keep zeros', '="a",b\n"=""c""",d'],
  ])('%s', (_, text) => {
    expect(rows(text)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  test('and lines stay together inside quotes', () => {
    expect(rows('a,"b\r\nc\rd\n\ne",f\n"g""h",i,j')).toEqual([
      ['a', 'b\nc\nd\n\ne', 'f'],
      ['g"h', 'i', 'j'],
    ])
  })

  test('and a quote inside a cell that does not begin with one is a letter', () => {
    expect(rows('O"Brien,a "b" c\nd,e')).toEqual([
      ['O"Brien', 'a "b" c'],
      ['d', 'e'],
    ])
  })

  test('numbered as a spreadsheet does', () => {
    expect([...rowsOf(['sep=,\na,b\n\n"c\nd",e\nf,g'], ',')].map(({ row }) => row)).toEqual([1, 3, 4])
  })
})

describe('T31 a missing quote breaks one row, and never merges the rest into it', () => {
  test.each([
    ['opened and never closed', 'a,b\n"x,y\nc,d', [['a', 'b'], 'broken: "x,y', ['c', 'd']]],
    ['opened before quoted rows', 'a,b\n"x,y\n"c","d"\n', [['a', 'b'], 'broken: "x,y', ['c', 'd']]],
    ['closed in the middle', 'a,b\n"x"y,z\nc,d', [['a', 'b'], 'broken: "x"y,z', ['c', 'd']]],
    ['at the end of the file', 'a,b\nc,"', [['a', 'b'], 'broken: c,"']],
  ])('%s', (_, text, expected) => expect(rows(text)).toEqual(expected))

  test('nor does one that is closed a hundred lines later', () => {
    const text = `a,b\n"x,y\n${'c,d\n'.repeat(150)}e,f"\n`
    expect(rows(text)).toHaveLength(153)
  })
})

const letters = fc.array(fc.constantFrom('a', '云', '"', ',', ';', '\t', '\n', '\r\n', '\r', ' ', '='), { maxLength: 8 })
// `="…"`, by which spreadsheets keep text as text, has a test of its own.
const quoted = letters
  .map((parts) => parts.join('').trim())
  .filter((text) => !text.startsWith('="'))
  .map((text) => `"${text.replaceAll('"', '""')}"`)
const bare = fc.stringMatching(/^[a-z云]{0,5}$/)
const table = fc.array(fc.array(fc.oneof(quoted, bare), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })

test('A table that is right reads as another parser reads it, however it is cut into pieces', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...SEPARATORS), fc.integer({ min: 1, max: 9 }), (cells, separator, length) => {
      const text = cells.map((row) => `${row.join(separator)}\n`).join('')
      const pieces = text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? []
      const shown = (all: string[][]) =>
        all.map((row) => row.map((cell) => cell.replace(/\r\n?/g, '\n').trim())).filter((row) => row.some(Boolean))
      const read = [...rowsOf(pieces, separator)].map(({ cells: found, text: line }) => found ?? [line])
      const theirs = parse(text, { delimiter: separator, record_delimiter: '\n', relax_column_count: true, skip_empty_lines: true })
      expect(shown(read)).toEqual(shown(theirs))
    }),
  )
})

test('T31 bombs of quotes and separators take no time and end', () => {
  for (const bomb of ['"', '",', '""', ' "', 'a,"\n', '"\n', ' ', ' ,"', "'", '",\n"', '\r', '" ', ',', ';\t', '="', '\uFEFF']) {
    const text = bomb.repeat(1_000_000 / bomb.length)
    let count = 0
    try {
      for (const _ of rowsOf([text], ',')) if (++count > 10_000) break
    } catch (error) {
      expect(error).toMatchObject({ code: /^[,;\t]+$/.test(bomb) ? 'too_many_columns' : 'too_many_rows' })
    }
  }
})
