import { describe, expect, test } from 'vitest'
import { readAddresses, readDay, readGender, readList, readNumbers, writeList } from './values.ts'

describe('The addresses of a cell', () => {
  test.each([
    ['by commas', 'a@x.example,b@x.example', ['a@x.example', 'b@x.example']],
    ['by semicolons, in Chinese', 'a@x.example；b@x.example，c@x.example、', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['by blanks and lines', 'a@x.example b@x.example\nc@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['as Google has them', 'a@x.example ::: b@x.example', ['a@x.example', 'b@x.example']],
    ['in full width', 'ａ＠ｘ．ｅｘａｍｐｌｅ', ['a@x.example']],
    ['with names', 'Lin, Yue <a@x.example>; "Z, W" <b@x.example>', ['a@x.example', 'b@x.example']],
    ['as links', 'mailto:a@x.example; b@x.example <mailto:b@x.example>; SMTP:c@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['in quotes', `"a@x.example";'b@x.example'`, ['a@x.example', 'b@x.example']],
    ['of other scripts', '赵@云岭.example', ['赵@云岭.example']],
    ['of nobody', '无', []],
    ['of Exchange', '/o=Yunling/ou=Staff/cn=lin', []],
  ])('%s', (_, cell, addresses) => expect(readAddresses(cell)).toMatchObject({ addresses, bad: [] }))

  test('name whom they are of', () => expect(readAddresses('Lin, Yue <a@x.example>').name).toBe('Lin, Yue'))

  test.each(['foo', 'a@x', '@x.example', 'a@', 'a b@x.example', 'a@x..example', 'a@-x.example', 'a@b@x.example', 'a@x.example(work)'])(
    'are none in %j',
    (cell) => expect(readAddresses(`ok@x.example;${cell}`)).toMatchObject({ addresses: ['ok@x.example'], bad: [cell] }),
  )
})

test.each([
  ['13800138000', ['13800138000']],
  [' +86 138 0013 8000 ', ['+86 138 0013 8000']],
  ['１３８００１３８０００；010-55506120', ['13800138000', '010-55506120']],
  ['13800138000/13900139000', ['13800138000', '13900139000']],
  ['010-55506120,5', ['010-55506120,5']],
  ['010-55506120 ext. 5', ['010-55506120 ext. 5']],
])('The numbers of %j', (cell, numbers) => expect(readNumbers(cell)).toEqual(numbers))

test.each([
  ...['2001-02-03', '2001/2/3', '2001.2.3', '2001年2月3日', '20010203', '2/3/2001', '3.2.2001', 'Feb 3, 2001', '3rd February 2001'],
  ...['2001-2-3 0:00:00', '2001-02-03T00:00:00.000Z', '２００１－２－３', '2001年 2月 3日'],
])('%s is the third of February 2001', (cell) => expect(readDay(cell)).toBe('2001-02-03'))

test.each([
  ['2月3日', '--02-03'],
  ['--0203', '--02-03'],
  ['13/2/2001', '2001-02-13'],
  ['2000-02-29', '2000-02-29'],
  ['1900-02-29', null],
  ['2001-02-30', null],
  ['农历八月初五', null],
  ['1984', null],
  ['0/0/00', ''],
  ['0000-00-00', ''],
])('The day %j is %j', (cell, day) => expect(readDay(cell)).toBe(day))

test.each(['__proto__', 'constructor', 'valueOf', '未指定'])('%s is no gender', (cell) => expect(readGender(cell)).toEqual({}))

test('Names of groups share a cell, whatever is in them', () => {
  const names = ['同事', 'a;b', '"c"', '* d', 'e ::: f', "'g", 'h,i，j', ':::']
  for (const style of ['google', 'other'] as const) expect(readList(writeList(names, style), style)).toEqual(names)
  expect(readList('* myContacts ::: * 同事 ::: 家人', 'google')).toEqual(['同事', '家人'])
  expect(readList('同事; 家人，同事', 'other')).toEqual(['同事', '家人'])
})
