import { describe, expect, test } from 'vitest'
import { type ContactRow, type HowToRead, readContactFile } from './read.ts'

const read = (text: string, how: Partial<HowToRead> = {}) => readContactFile(Buffer.from(text), { name: 'contacts.csv', ...how })

async function rowsOf(text: string, how?: Partial<HowToRead>): Promise<ContactRow[]> {
  const all: ContactRow[] = []
  for await (const row of (await read(text, how)).rows) all.push(row)
  return all
}
const shown = (rows: ContactRow[]) => rows.map(({ row, card, fault }) => [row, fault ?? card?.name])

describe('A file without heads', () => {
  test('is known by what its columns hold', async () => {
    const text = '1,林晓彤,lin@x.example,13800138000,0871-5550001\n2,陈静,chen@x.example,13900139000,0871-5550002\n'
    const file = await read(text)
    expect(file).toMatchObject({ dialect: 'other', heads: false, count: 2 })
    expect(file.columns.map(({ head, field }) => [head, field])).toEqual([
      ['', null],
      ['', 'name'],
      ['', 'email.other'],
      ['', 'phone.mobile'],
      ['', 'phone.other'],
    ])
    expect(shown(await rowsOf(text))).toEqual([
      [1, '林晓彤'],
      [2, '陈静'],
    ])
  })

  test('may be a list of addresses', async () => {
    expect(shown(await rowsOf('a@x.example\nb@x.example\n'))).toEqual([
      [1, 'a@x.example'],
      [2, 'b@x.example'],
    ])
  })

  test('is told from one whose heads nobody knows', async () => {
    const text = 'Nom;Courriel;Portable\nJeanne;j@x.example;13800138000\n'
    expect((await read(text)).columns.map(({ head, field }) => [head, field])).toEqual([
      ['Nom', 'name'],
      ['Courriel', 'email.other'],
      ['Portable', 'phone.mobile'],
    ])
    expect(shown(await rowsOf(text))).toEqual([[2, 'Jeanne']])
  })
})

describe('Heads', () => {
  test('may stand below a title', async () => {
    const text = '物理学院2026年通讯录,,,\n\n姓名,单位,办公电话,邮箱\n林晓彤,物理学院,65031111,lin@x.example\n'
    for (const heads of [undefined, true]) {
      expect((await read(text, { heads })).columns.map(({ field }) => field)).toEqual(['name', 'organisation', 'phone.work', 'email.other'])
      expect(shown(await rowsOf(text, { heads }))).toEqual([
        [1, 'no_contact'],
        [4, '林晓彤'],
      ])
    }
    const note = 'Notes:\n"Some addresses are missing."\n\nFirst Name,Last Name,Email Address,Company\nYue,Lin,lin@x.example,Yunling\n'
    expect(shown(await rowsOf(note)).at(-1)).toEqual([5, 'Yue Lin'])
  })

  test('that nobody knows are passed over where their columns hold the addresses or the mobile numbers', async () => {
    const text = 'First Name,Reach at,Second,Staff\nLin,lin@x.example,yue@x.example,2026001\n'
    const fields = async (file: string) => (await read(file)).columns.map(({ field }) => field)
    expect(await fields(text)).toEqual(['givenName', 'email.other', 'email.other', null])
    expect(await fields('学号,姓名,邮箱,联系方式,导师\n2026001,林,lin@x.example,13800138000,chen@x.example\n')).toEqual([
      ...[null, 'name', 'email.other', 'phone.mobile', null],
    ])
  })

  test('of an address as a whole and of its street tell it once', async () => {
    const text = 'Name,Home Address,Home Street,Home City\nLin,"1 Lake Road\nKunming",1 Lake Road,Kunming\nChen,2 Lake Road,,Kunming\n'
    expect((await rowsOf(text)).map(({ card }) => card?.addresses)).toMatchObject([
      [{ street: '1 Lake Road', city: 'Kunming' }],
      [{ street: '2 Lake Road', city: 'Kunming' }],
    ])
  })
})
