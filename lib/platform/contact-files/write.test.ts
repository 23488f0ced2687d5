import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import type { ContactCard } from '#lib/mail-core/address-book/port.ts'
import { anyCard } from '#lib/mail-core/address-book/testing/any-card.ts'
import { readContactFile } from './read.ts'
import { leftOutFile, writeContactFile } from './write.ts'

const TABLES = [
  ['foxmail', 'gb18030'],
  ['outlook', 'utf-8'],
  ['google', 'utf-8'],
] as const

async function written(cards: ContactCard[], format: Parameters<typeof writeContactFile>[1]) {
  async function* one() {
    yield cards
  }
  return writeContactFile(one(), format)
}
const tableOf = (bytes: Buffer, charset: string): string[][] =>
  parse(iconv.decode(bytes, charset), { bom: true, relax_column_count: false })

const CARD: ContactCard = {
  name: '林晓彤',
  emails: [
    { kind: 'work', address: 'lin@yunling.example' },
    { kind: 'home', address: 'lin@home.example' },
  ],
  phones: [
    { kind: 'mobile', number: '+86 138 0013 8000' },
    { kind: 'mobile', number: '+86 139 0013 9000' },
  ],
  addresses: [{ kind: 'work', street: '=1+1', city: '', region: '', postcode: '', country: '' }],
  urls: [],
  ims: [],
  organisation: '@SUM(1+1)',
  note: '-2+3',
  birthday: '--02-03',
  groups: ['同事', '图书馆'],
}

describe.each(TABLES)('%s', (format, charset) => {
  test('T32 no cell begins as a formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCard, { minLength: 1, maxLength: 4 }), async (cards) => {
        const evil = cards.flatMap((card) => [card, { ...card, name: `=${card.name}`, title: '+1', note: '\t=1', groups: ['@a', '-b'] }])
        const { bytes } = await written(evil, format)
        for (const cell of tableOf(bytes, charset).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
      }),
      { numRuns: 30 },
    )
  })

  test('every line ends in CRLF and has as many cells', async () => {
    const { bytes, suffix, mediaType } = await written([CARD, { ...CARD, phones: [] }], format)
    const lines = iconv.decode(bytes, charset).split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines.at(-1)).toBe('')
    expect([suffix, mediaType]).toEqual(['.csv', `text/csv; charset=${charset}`])
  })
})

test('Foxmail gets its own columns first, in GBK wherever GBK has the character', async () => {
  const { bytes } = await written([{ ...CARD, nickname: '𠮷' }], 'foxmail')
  const [heads = [], cells = []] = tableOf(bytes, 'gb18030')
  expect(heads.slice(0, 5)).toEqual(['名', '姓', '姓名', '昵称', '电子邮件地址'])
  expect(heads.slice(31, 33)).toEqual(['附注', 'foxaddrFolderName'])
  const of = (head: string) => cells[heads.indexOf(head)]
  expect(of('电子邮件地址')).toBe('lin@yunling.example,lin@home.example')
  expect(of('手机')).toBe("'+86 138 0013 8000")
  expect(of('手机2')).toBe("'+86 139 0013 9000")
  expect(of('foxaddrFolderName')).toBe('同事;图书馆')
  expect(of('昵称')).toBe('𠮷')
  expect(bytes.includes(iconv.encode('林晓彤', 'gbk'))).toBe(true)
})

test('Outlook gets a mark for UTF-8, and who has one name only has it where Outlook looks', async () => {
  const { bytes } = await written([CARD], 'outlook')
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
  const [heads = [], cells = []] = tableOf(bytes, 'utf-8')
  const of = (head: string) => cells[heads.indexOf(head)]
  expect([of('First Name'), of('E-mail Address'), of('E-mail 2 Address'), of('Categories')]).toEqual([
    ...['林晓彤', 'lin@yunling.example', 'lin@home.example', '同事;图书馆'],
  ])
})

test('Google gets each value beside its label, the preferred one with a star, and labels in its own way', async () => {
  const { bytes } = await written([CARD], 'google')
  const [heads = [], cells = []] = tableOf(bytes, 'utf-8')
  const of = (head: string) => cells[heads.indexOf(head)]
  expect([of('E-mail 1 - Label'), of('E-mail 1 - Value'), of('E-mail 2 - Label'), of('Labels')]).toEqual([
    ...['* Work', 'lin@yunling.example', 'Home', '同事 ::: 图书馆'],
  ])
})

describe('The rows that were left out', () => {
  const text = '姓名,电子邮件地址,附注\r\n=1+1,foo,"a\nb"\r\n林,"bar,\r\n'
  const reasons = { heads: ['姓名', '电子邮件地址', '附注'], reason: '原因' }
  async function rowsOf(bytes: Uint8Array) {
    const file = await readContactFile(bytes, { name: 'x.csv' })
    const rows: string[][] = []
    for await (const { cells } of file.rows) rows.push(cells)
    return { charset: file.charset, rows }
  }

  test.each(['gb18030', 'utf-8', 'utf-16le'] as const)('come in their columns and in %s, each with its reason', async (charset) => {
    const { rows } = await rowsOf(iconv.encode(text, charset))
    const { bytes } = leftOutFile(
      rows.map((cells) => ({ cells, reason: '邮箱不完整' })),
      { ...reasons, charset },
    )
    expect(iconv.decode(bytes, charset)).toContain("'=1+1")
    const back = await rowsOf(bytes)
    expect(back).toEqual({
      charset,
      rows: [
        ['=1+1', 'foo', 'a\nb', '邮箱不完整'],
        ['林,"bar,', '', '', '邮箱不完整'],
      ],
    })
  })

  test('come in UTF-8 where their charset cannot say the reason', () => {
    const { bytes } = leftOutFile([{ cells: ['Jörg'], reason: '邮箱不完整' }], { ...reasons, charset: 'windows-1252' })
    expect(bytes.toString()).toBe('\uFEFF姓名,电子邮件地址,附注,原因\r\nJörg,,,邮箱不完整\r\n')
  })

  test('have no heads where they had none, and are vCards where they were', () => {
    const plain = leftOutFile([{ cells: ['a', 'b'], reason: 'x' }], { heads: ['', ''], charset: 'utf-8', reason: '原因' })
    expect(plain.bytes.toString()).toBe('\uFEFFa,b,x\r\n')
    const raw = 'BEGIN:VCARD\r\nNOTE:x\r\nEND:VCARD\r\n'
    const card = leftOutFile([{ cells: [raw], reason: '没有\n姓名' }], { heads: [], charset: 'gb18030', reason: '原因' })
    expect([card.suffix, iconv.decode(card.bytes, 'gb18030')]).toEqual(['.vcf', raw.replace('\r\n', '\r\nX-REASON:没有 姓名\r\n')])
  })
})
