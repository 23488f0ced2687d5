import { expect, test } from 'vitest'
import { leftOutRows } from './contact-left-out.ts'

const linesOf = (...input: Parameters<typeof leftOutRows>) =>
  Buffer.from(leftOutRows(...input).bytes)
    .toString('utf8')
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')

const row = (file: number, ...cells: string[]) => ({ file, cells, fault: 'bad_address' as const })
const names = { columns: ['姓名', '邮件'], charset: 'utf-8' }

test('rows of files with the same columns stand in those columns, with the reason behind them', () => {
  const lines = linesOf([names, names], [row(0, 'A', 'a'), row(1, 'B', 'b')], 'zh-CN')
  expect(lines).toEqual(['姓名,邮件,未导入的原因', 'A,a,邮箱地址不完整', 'B,b,邮箱地址不完整'])
})

test('rows of files with other columns stand below the heads that they had, those of one name in one column', () => {
  const others = { columns: ['邮件', '', '姓名'], charset: 'gb18030' }
  const lines = linesOf([names, others], [row(0, 'A', 'a'), row(1, 'b', 'x', 'B')], 'en')
  expect(lines).toEqual(['姓名,邮件,2,Reason left out', 'A,a,,Mail incomplete', 'B,b,x,Mail incomplete'])
})

test('a file of which nothing was left out has no say', () => {
  const others = { columns: ['X'], charset: 'gb18030' }
  expect(linesOf([others, names], [row(1, 'A', 'a')], 'en')[0]).toBe('姓名,邮件,Reason left out')
})

test('vCards stay vCards, and beside tables get a column', () => {
  const cards = { columns: [], charset: 'utf-8' }
  const raw = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n'
  const alone = leftOutRows([cards], [row(0, raw)], 'en')
  expect(alone.fileName).toBe('rows-left-out.vcf')
  expect(linesOf([cards, names], [row(0, raw), row(1, 'B', 'b')], 'en')[0]).toBe('vCard,姓名,邮件,Reason left out')
})

test('where nothing was left out there is an empty file', () => {
  expect(leftOutRows([names], [], 'en').fileName).toMatch(/^rows-left-out\./)
})
