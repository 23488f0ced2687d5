import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCsv } from './csv.ts'
import { readSenderFile } from './sender-file.ts'
import { naughtyStrings } from './testing/hostile.ts'
import { decodeTextFile } from './text-file.ts'

const read = (text: string) => readSenderFile(text, 'block')
const senders = (text: string) => read(text).map(({ sender, fault, text: given }) => sender ?? `${fault}: ${given}`)
const [ZHAO, QIAN] = ['zhao@elsewhere.example', 'qian@elsewhere.example']

describe('a pasted list', () => {
  test.each([
    ['one a line', `${ZHAO}\n${QIAN}`],
    ['with the line ends of Windows, and empty lines', `\r\n${ZHAO}\r\n\r\n${QIAN}\r\n`],
    ['parted by commas', `${ZHAO},${QIAN}`],
    ['parted by semicolons and a space', `${ZHAO}; ${QIAN};`],
    ['parted as in Chinese', `${ZHAO}，${QIAN}；`],
    ['parted by spaces', `${ZHAO} ${QIAN}`],
    ['with names', `赵伟 <${ZHAO}>\n"Qian" <${QIAN}>`],
    ['with names that hold commas', `"Zhao, Wei" <${ZHAO}>, Qian, Li <${QIAN}>`],
    ['with and without names', `${ZHAO}, Qian Li <${QIAN}>`],
    ['in quotes', `"${ZHAO}"\n'${QIAN}'`],
    ['with links', `mailto:${ZHAO}\nMAILTO:${QIAN}`],
    ['with remarks', `# my list\n${ZHAO}\n#${ZHAO}\n${QIAN}`],
  ])('%s', (_, text) => {
    expect(senders(text)).toEqual([ZHAO, QIAN])
  })

  test('has domains too', () => {
    expect(senders('@elsewhere.example\nlab.elsewhere.example')).toEqual(['@elsewhere.example', '@lab.elsewhere.example'])
  })

  test('what is none is told with its line', () => {
    const lines = read(`${ZHAO}\n\n*@x.example, ${QIAN}\nfoo\n赵@x.example`)
    expect(lines.filter(({ fault }) => fault).map(({ line, text, fault }) => [line, text, fault])).toEqual([
      [3, '*@x.example', 'wildcard'],
      [4, 'foo', 'shape'],
      [5, '赵@x.example', 'letters'],
    ])
    expect(lines.filter(({ sender }) => sender).map(({ line }) => line)).toEqual([1, 3])
  })
})

describe('a table with heads', () => {
  test('of one column', () => {
    expect(senders(`Email\n${ZHAO}\n${QIAN}`)).toEqual([ZHAO, QIAN])
    expect(senders(`"邮件地址"\n"${ZHAO}"\n${QIAN}`)).toEqual([ZHAO, QIAN])
  })

  test('says its own verdicts and days, in any order and with either separator', () => {
    const expected = [
      { line: 2, text: ZHAO, sender: ZHAO, verdict: 'allow', expiresOn: undefined },
      { line: 3, text: '@x.example', sender: '@x.example', verdict: 'block', expiresOn: '2027-01-05' },
    ]
    expect(read(`发件人,处理,到期\n${ZHAO},允许,\n'@x.example,屏蔽,2027-01-05`)).toEqual(expected)
    expect(read(`expires;note;verdict;sender\n;"a;b";allow;${ZHAO}\n2027/1/5;;block;@x.example`)).toEqual(expected)
    expect(read(`sender\tlist\texpires\n${ZHAO}\twhitelist\t\n@x.example\tBlacklist\t2027-1-5`)).toEqual(expected)
  })

  test('T32 our own export comes back as it went, in both languages', () => {
    for (const [heads, allow, block] of [
      [['Sender', 'Verdict', 'Expires', 'Added'], 'Allow', 'Block'],
      [['发件人', '处理', '到期', '加入'], '允许', '屏蔽'],
    ] as const) {
      const file = toCsv([
        [...heads],
        [ZHAO, allow, '', '2026-11-25'],
        ['@x.example', block, '2027-01-05', '2026-11-25'],
        ['-a@x.example', block, '', ''],
      ])
      expect(file).toContain("'@x.example")
      expect(read(file).map(({ sender, verdict, expiresOn }) => [sender, verdict, expiresOn])).toEqual([
        [ZHAO, 'allow', undefined],
        ['@x.example', 'block', '2027-01-05'],
        ['-a@x.example', 'block', undefined],
      ])
    }
  })

  test('a word or a day that nobody can read is told', () => {
    const lines = read(`sender,verdict,expires\n${ZHAO},perhaps,\n${QIAN},allow,2027-02-30\n${QIAN},allow,0000-01-01\nfoo,allow,`)
    expect(lines.map(({ fault, text }) => [fault, text])).toEqual([
      ['verdict', 'perhaps'],
      ['day', '2027-02-30'],
      ['day', '0000-01-01'],
      ['shape', 'foo'],
    ])
  })
})

describe('the encoding of a file', () => {
  const text = `发件人,处理\n${ZHAO},允许\n`
  const gbk = Buffer.from('b7a2bcfec8cb2cb4a6c0ed0a7a68616f40656c736577686572652e6578616d706c652cd4cad0ed0a', 'hex')
  const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 the other way round', swapped(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
    ['GBK', gbk],
  ])('%s', (_, bytes) => {
    expect(readSenderFile(decodeTextFile(bytes), 'block')).toMatchObject([{ sender: ZHAO, verdict: 'allow' }])
  })

  test('UTF-16 without a mark', () => {
    expect(decodeTextFile(Buffer.from(ZHAO, 'utf16le'))).toBe(ZHAO)
    expect(decodeTextFile(swapped(Buffer.from(ZHAO, 'utf16le')))).toBe(ZHAO)
  })

  test('T31 whatever octets come, text comes of them, and lines of that', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => Array.isArray(read(decodeTextFile(bytes)))))
  })
})

test('T28 T31 whatever is pasted, each line is a sender or has its fault, and takes no time', () => {
  const each = (text: string) => {
    for (const line of read(text)) expect((line.sender === undefined) !== (line.fault === undefined), text).toBe(true)
  }
  for (const text of naughtyStrings()) each(text)
  const piece = fc.oneof(
    fc.constantFrom('<', '>', '"', '""', ',', ';', '\t', ' ', '\n', '\r\n', '@', "'", 'sender', 'x@y.example'),
    fc.string(),
  )
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => each(pieces.join(''))))
  for (const bomb of ['<', '"', '",', 'a <', '"a" ', ' ', ',', 'a@', "'"]) each(bomb.repeat(50_000))
})
