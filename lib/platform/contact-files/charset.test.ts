import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { decoded, findCharset } from './charset.ts'
import { CHARSETS } from './words.ts'

describe.each([
  ['gb18030', '姓名,电子邮件地址\r\n王晓明,wxm@ynu.example\r\n'],
  ['gb18030', '张一,a@x.example'],
  ['gb18030', '联通,a@x.example'],
  ['gb18030', '欧阳骞翙,a@x.example'],
  ['gb18030', '劉德華,香港,喆@x.example'],
  ['gb18030', '㐀𠀀,a@x.example'],
  ['gb18030', `姓名\r\n${'赟頔琀翀堃淼,1\r\n'.repeat(30)}`],
  ['gb18030', '姓名\r\nさくら,1\r\nカタカナ'],
  ['gb18030', '姓名\r\nИван Петров,1'],
  ['big5', '姓名,電子郵件\r\n張偉,wei@taipei.example,0912345678,臺灣大學,,,551122,好久不見'],
  ['big5', '張偉,wei@taipei.example'],
  ['big5', '黃志明,wei@taipei.example'],
  ['windows-1252', 'Name;E-Mail\r\nJörg Müller;j@x.example\r\nFrançois Élysée;e@x.example'],
  ['windows-1252', 'Müller,j@x.example'],
  ['utf-8', 'José,j@x.example'],
  ['utf-8', 'Özil,o@x.example'],
  ['utf-8', 'Иван Петров,i@x.example'],
  ['utf-8', '김철수,k@x.example'],
  ['utf-8', '王晓明,w@x.example'],
  ['utf-16le', '王晓明\tw@x.example\r\n'],
  ['utf-16be', '王晓明\tw@x.example\r\n'],
] as const)('%s without a mark: %j', (charset, text) => {
  test('is found, and read the same piece by piece', () => {
    const bytes = iconv.encode(text, charset)
    const found = findCharset(bytes)
    expect(found.charset).toBe(charset)
    expect(found.certainty).not.toBe('said')
    expect([...decoded(bytes, found.charset)].join('')).toBe(text)
  })
})

test.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('%s with its mark is said, and the mark is no part of the text', (charset) => {
  const bytes = iconv.encode('一,a@x.example', charset, { addBOM: true })
  expect(findCharset(bytes)).toMatchObject({ charset, certainty: 'said' })
  expect([...decoded(bytes, charset)].join('')).toBe('一,a@x.example')
})

test('A guess shows the same cells of a row as each charset reads them, the likeliest first', () => {
  expect(findCharset(iconv.encode('姓名,手机\r\n王晓明,13800138000,云南省环境科学研究院', 'gb18030')).readings).toEqual([
    { charset: 'gb18030', sample: '王晓明 云南省环境科学研究院' },
    { charset: 'big5', sample: expect.stringContaining('卼窀隴') },
    { charset: 'windows-1252', sample: expect.stringContaining('ÍõÏþÃ÷') },
  ])
})

test('ASCII and UTF-8 leave nothing to choose', () => {
  expect(findCharset(Buffer.from('a,b'))).toEqual({ charset: 'utf-8', certainty: 'only', readings: [] })
  expect(findCharset(Buffer.from('王晓明,b')).readings).toEqual([{ charset: 'utf-8', sample: '王晓明' }])
})

test('A heap of UTF-8 with one broken letter is still UTF-8, in doubt', () => {
  const bytes = Buffer.concat([Buffer.from('姓名,电子邮件地址\r\n王晓明,云南省环境科学研究院\r\n陈静,'), Buffer.from([0xe4, 0xba, 0x0d])])
  expect(findCharset(bytes)).toMatchObject({ charset: 'utf-8', certainty: 'guess' })
})

test('T31 whatever octets come, a charset is found and text comes of them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...CHARSETS), (bytes, charset) => {
      const found = findCharset(bytes)
      expect(CHARSETS).toContain(found.charset)
      for (const { sample } of found.readings) expect(sample).not.toMatch(/\p{Cc}|\p{Cs}/u)
      expect([...decoded(bytes, charset)].join('')).toBeTypeOf('string')
    }),
  )
})
