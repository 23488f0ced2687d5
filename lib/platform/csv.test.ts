import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guarded, toCsv, unguarded } from './csv.ts'

describe('T32 what a spreadsheet would run as a formula is text in an export', () => {
  test.each(['=1+1', '＝1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x","y")'])('%j', (value) => {
    expect(readCsv(toCsv([[value]]))).toEqual([[`'${value}`]])
  })

  test.each([
    ['a;=1+1;b', "a;'=1+1;b"],
    ['a\n=1+1', "a\n'=1+1"],
    ['\t=1', "'\t'=1"],
  ])('%j, where semicolons part the cells', (value, written) => {
    expect(readCsv(toCsv([[value]]))).toEqual([[written]])
  })

  test('nothing that begins like one is left, whatever the cells hold', () => {
    fc.assert(
      fc.property(rows, (written) => {
        for (const value of readCsv(toCsv(written)).flat()) expect(value).not.toMatch(/^[\t\r]|(^|[;\t\r\n])[=+\-@]/)
      }),
    )
  })

  test('and the portal reads each back as it was, also one that had an apostrophe of its own', () => {
    fc.assert(
      fc.property(anything, fc.nat(3), (text, more) => {
        const own = "'".repeat(more) + text
        expect(unguarded(guarded(own))).toBe(own)
      }),
    )
  })
})

test('a file begins with the mark for UTF-8, and every line ends in CRLF', () => {
  expect(
    toCsv([
      ['时间', '做了什么'],
      ['a', 'b'],
    ]),
  ).toBe('\uFEFF时间,做了什么\r\na,b\r\n')
})

test('commas, quotes and line breaks survive (RFC 4180)', () => {
  fc.assert(
    fc.property(rows, (written) => {
      const plain = written.map((row) => row.map((value) => value.replace(/(?<=^|[;\t\r\n])['=+\-@\t\r]+/g, '')))
      expect(readCsv(toCsv(plain))).toEqual(plain)
    }),
  )
})

const anything = fc
  .array(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", 'a', '云'), { maxLength: 8 })
  .map((parts) => parts.join(''))
const rows = fc.array(fc.array(anything, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 })

/** A reader made from the grammar of RFC 4180, section 2. */
function readCsv(text: string): string[][] {
  const records: string[][] = []
  let rest = text.replace(/^\uFEFF/, '')
  let record: string[] = []
  while (rest !== '') {
    const [whole, quoted, bare = '', end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) as RegExpExecArray
    record.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    rest = rest.slice((whole as string).length)
    if (end === ',') continue
    records.push(record)
    record = []
  }
  return records
}
