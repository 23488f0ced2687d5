import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { naughtyStrings } from '../testing/hostile.ts'
import { type ContactRow, type HowToRead, readContactFile } from './read.ts'

const read = (text: string | Uint8Array, how: Partial<HowToRead> = {}) =>
  readContactFile(typeof text === 'string' ? Buffer.from(text) : text, { name: 'contacts.csv', ...how })

async function rowsOf(text: string | Uint8Array, how: Partial<HowToRead> = {}): Promise<ContactRow[]> {
  const all: ContactRow[] = []
  for await (const row of (await read(text, how)).rows) all.push(row)
  return all
}
const shown = (rows: ContactRow[]) => rows.map(({ row, card, fault }) => [row, fault ?? card?.name])
const refusal = async (text: string | Uint8Array) => {
  try {
    return await read(text)
  } catch (error) {
    const { name, code, kind } = error as { name: string; code: string; kind?: string }
    return [name, code, kind].filter(Boolean).join(' ')
  }
}

describe('Why a row is left out', () => {
  const HEADS = '姓名,电子邮件地址,手机,公司,附注'
  test.each([
    ['a name alone', '测试,,,,', 'no_contact'],
    ['no name but a note', ',,,,something', 'no_contact'],
    ['an address that is none, whatever else it says', '林,foo,13800138000,,', 'bad_address'],
    ['two addresses, of which one is none', '林,"lin@x.example,foo",,,', 'bad_address'],
    ['more cells than columns', '林,lin@x.example,13800138000,云岭,大学,图书馆', 'bad_row'],
    ['a quote that is not closed', '林,"lin@x.example,13800138000,,', 'bad_row'],
    ['a note too long', `林,lin@x.example,,,${'长'.repeat(4_001)}`, 'too_long'],
    ['a cell without end', `林,lin@x.example,,,${'长'.repeat(100_000)}`, 'too_long'],
  ])('%s', async (_, line, fault) => {
    const rows = await rowsOf(`${HEADS}\n${line}\n陈静,chen@x.example,,,\n`)
    expect(shown(rows)).toEqual([
      [2, fault],
      [3, '陈静'],
    ])
    expect(rows[0]?.text.length).toBeLessThanOrEqual(120)
  })

  test('and why not', async () => {
    const lines = [
      '林,,,云岭大学,',
      '林,,13800138000',
      ',lin@x.example,,,',
      '林,lin@x.example,,,,,',
      '林,无,138,,',
      '"Lin, Yue" <lin@x.example>',
    ]
    const rows = await rowsOf(`${HEADS}\n${lines.join('\n')}`)
    expect(rows.map(({ fault, card }) => fault ?? card?.name)).toEqual(['林', '林', 'lin@x.example', '林', '林', 'bad_row'])
  })

  test('what has no place of its own is in the note, under its head', async () => {
    const [row] = await rowsOf('姓名,手机,公司,单位,生日,附注\n林,13800138000,云岭大学,图书馆,农历八月初五,一\n')
    expect(row?.card).toMatchObject({ organisation: '云岭大学', note: '单位: 图书馆\n生日: 农历八月初五\n一' })
  })

  test('a name that only its address has is taken from there', async () => {
    const [row] = await rowsOf('邮箱,公司\n"Lin Yue <lin@x.example>",云岭大学\n')
    expect(row?.card?.name).toBe('Lin Yue')
  })
})

describe('Somebody who knows better', () => {
  const text = iconv.encode('姓名,电子邮件地址,QQ\n王晓明,wang@x.example,10001\n', 'gb18030')

  test('chooses the charset', async () => {
    const file = await read(text, { charset: 'windows-1252' })
    expect(file.charset).toBe('windows-1252')
    expect(file.readings[0]).toEqual({ charset: 'gb18030', sample: '王晓明' })
    expect(file.columns[0]?.samples).toEqual(['ÍõÏþÃ÷'])
  })

  test('chooses what a column is', async () => {
    expect(shown(await rowsOf(text, { mapping: ['name', null, null] }))).toEqual([[2, 'no_contact']])
    const [named] = await rowsOf(text, { mapping: ['nickname', 'email.work', 'phone.other'] })
    expect(named?.card).toMatchObject({
      ...{ name: '王晓明', nickname: '王晓明', emails: [{ kind: 'work', address: 'wang@x.example' }] },
      phones: [{ kind: 'other', number: '10001' }],
    })
  })

  test('says that the first row is a contact, or that it is none', async () => {
    expect((await rowsOf('Mail,b@x.example\nName,c@x.example\n', { heads: false })).length).toBe(2)
    expect((await rowsOf('a@x.example,b@x.example\nc@x.example,d@x.example\n', { heads: true })).length).toBe(1)
  })
})

describe('The group that is proposed', () => {
  const line = '姓名,手机\n林,13800138000\n'
  test.each([
    ['旧邮箱通讯录.csv', '旧邮箱通讯录'],
    ['C:\\Users\\lin\\同事 (2).CSV', '同事'],
    ['班级群 - 副本.csv', '班级群'],
    ['contacts.csv', null],
    ['通讯录.csv', null],
    ['contacts_2026-11-25 (3).csv', null],
    ['Foxmail导出.csv', null],
    ['.csv', null],
  ])('of %s is %s', async (name, group) => expect((await read(line, { name })).proposedGroup).toBe(group))

  test('is that of all rows, and none where the rows have several', async () => {
    const name = '同事.csv'
    expect((await read('姓名,手机,组名\n林,13800138000,家人\n陈,13900139000,家人\n', { name })).proposedGroup).toBe('家人')
    expect((await read('姓名,手机,组名\n林,13800138000,家人\n陈,13900139000,\n', { name })).proposedGroup).toBeNull()
    expect((await read('姓名,手机,组名\n林,13800138000,家人\n陈,13900139000,朋友\n', { name })).proposedGroup).toBeNull()
  })
})

test('A file with 200 columns is read, and its empty columns are told', async () => {
  const heads = Array.from({ length: 200 }, (_, at) => (at === 0 ? '姓名' : at === 199 ? '手机' : `列${at}`))
  const row = heads.map((_, at) => (at === 0 ? '林' : at === 199 ? '13800138000' : ''))
  const { columns } = await read(`${heads.join(',')}\n${row.join(',')}\n`)
  expect(columns).toHaveLength(200)
  expect(columns.filter(({ empty }) => !empty).map(({ head }) => head)).toEqual(['姓名', '手机'])
})

test('Files that were put together, each with its mark and its heads, are one', async () => {
  const one = (name: string) => `\uFEFF姓名,手机\r\n${name},13800138000\r\n`
  expect(shown(await rowsOf(one('林') + one('陈')))).toEqual([
    [2, '林'],
    [4, '陈'],
  ])
})

describe('vCards', () => {
  const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')

  test('are rows too, in whatever charset', async () => {
    const text =
      card('FN:林晓彤', 'TEL;TYPE=CELL:13800138000', 'CATEGORIES:同事') + card('NOTE:nobody') + card('FN:陈静', 'EMAIL:chen@x.example')
    for (const charset of ['utf-8', 'gb18030', 'utf-16le'] as const) {
      const file = await read(iconv.encode(text, charset), { name: '同事.vcf' })
      expect(file).toMatchObject({ dialect: 'vcard', charset, heads: false, columns: [], count: 3, proposedGroup: null })
      expect(shown(await rowsOf(iconv.encode(text, charset)))).toEqual([
        [1, '林晓彤'],
        [2, 'no_contact'],
        [3, '陈静'],
      ])
    }
  })

  test('hold addresses by the rules of tables', async () => {
    const [full, none, named] = await rowsOf(
      card('FN:林', 'EMAIL:ｌｉｎ＠ｘ．ｅｘａｍｐｌｅ') +
        card('FN:陈', 'TEL:1', 'EMAIL:foo') +
        card('FN:赵', 'EMAIL:"赵敏" <zhao@x.example>'),
    )
    expect(full?.card?.emails).toEqual([{ kind: 'other', address: 'lin@x.example' }])
    expect(none?.fault).toBe('bad_address')
    expect(named?.card?.emails).toEqual([{ kind: 'other', address: 'zhao@x.example' }])
  })

  test('too long or without an end are left out', async () => {
    expect(shown(await rowsOf(`${card(`FN:${'林'.repeat(201)}`)}BEGIN:VCARD\r\nFN:x\r\n`))).toEqual([
      [1, 'too_long'],
      [2, 'bad_row'],
    ])
  })
})

/** A ZIP of one entry, as workbooks begin. */
function zip(name: string): Buffer {
  const data = deflateRawSync(Buffer.from('<workbook/>'))
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(data.length, 18)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, Buffer.from(name), data])
}

describe('T31 a file is refused as a whole', () => {
  const HEAD = '姓名,手机\n'
  const row = (at: number) => `林${at},13800138000\n`
  test.each([
    ['with a row too many', HEAD + Array.from({ length: 10_001 }, (_, at) => row(at)).join(''), 'too_many_rows'],
    ['of empty lines', '\n'.repeat(200_000), 'too_many_rows'],
    ['with 301 columns', `${'姓名,'.repeat(300)}手机\nx\n`, 'too_many_columns'],
    ['with a line of nothing but separators', `${HEAD}${','.repeat(100_000)}\n`, 'too_many_columns'],
    ['that is empty', '', 'empty'],
    ['of heads alone', HEAD, 'empty'],
    ['that is a workbook', zip('xl/workbook.xml'), 'not_text excel'],
    ['that is an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'not_text excel'],
    ['that is an archive', zip('contacts.csv'), 'not_text archive'],
    ['that is an image', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'not_text image'],
    ['that is a photo', Buffer.from('ffd8ffe000104a464946', 'hex'), 'not_text image'],
    ['that is a PDF', '%PDF-1.7\n', 'not_text pdf'],
    ['that is a page of the web', '<html><table><tr><td>林</td></tr></table></html>', 'not_text web_page'],
    ['that is something else', Buffer.from(Array.from({ length: 2_000 }, (_, at) => (at * 7) % 256)), 'not_text other'],
  ])('%s', async (_, file, said) => expect(await refusal(file)).toBe(`ContactFileRefused ${said}`))

  test('with an octet more than 5 MB, but not with 5 MB', async () => {
    const rows = `姓名,手机,附注\n${`林,13800138000,${'x'.repeat(3_000)}\n`.repeat(1_500)}`
    const filled = Buffer.alloc(5_000_000, ' ')
    filled.write(rows)
    expect((await read(filled)).count).toBe(1_500)
    expect(await refusal(Buffer.alloc(5_000_001, 'a'))).toBe('ContactFileRefused too_large')
  })

  test.each([
    ['a table', HEAD + Array.from({ length: 5_000 }, (_, at) => row(at)).join('')],
    ['vCards', 'BEGIN:VCARD\nFN:Lin\nTEL:1\nEND:VCARD\n'.repeat(5_000)],
  ])('only after others had their turns, of %s', async (_, text) => {
    let turns = 0
    let next = setImmediate(function count() {
      turns += 1
      next = setImmediate(count)
    })
    await read(text)
    clearImmediate(next)
    expect(turns).toBeGreaterThan(20)
  })

  test('but not with 10,000 rows', async () => {
    const rows = await rowsOf(HEAD + Array.from({ length: 10_000 }, (_, at) => row(at)).join(''))
    expect(rows.filter(({ card }) => card)).toHaveLength(10_000)
  })
})

test('T28 T31 whatever a file holds, each row is a contact or has its fault, or the file is refused', async () => {
  const each = async (bytes: Uint8Array) => {
    const refused = await refusal(bytes)
    if (typeof refused === 'string') {
      expect(refused).toMatch(/^ContactFileRefused /)
      return
    }
    let count = 0
    for await (const { card, fault } of refused.rows) {
      expect((card === undefined) !== (fault === undefined)).toBe(true)
      count += 1
    }
    expect(count).toBe(refused.count)
  }
  for (const text of naughtyStrings())
    await each(Buffer.from(`姓名,电子邮件地址,手机,生日,分组\n${text},${text},${text},${text},${text}\n${text}`))
  const piece = fc.oneof(
    fc.constantFrom(
      ...['"', '""', ',', ';', '\t', '\r', '\n', '\r\n', '\uFEFF', '姓名', 'E-mail 1 - Label', 'E-mail 1 - Value', 'a@x.example'],
    ),
    fc.constantFrom(...['BEGIN:VCARD', 'END:VCARD', 'FN:x', 'sep=;', '=1+1', '13800138000', '<', '>', ' ::: ', '*']),
    fc.string({ unit: 'binary' }),
  )
  const text = fc.array(piece, { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')))
  await fc.assert(fc.asyncProperty(fc.oneof(text, fc.uint8Array({ maxLength: 300 })), each))
})
