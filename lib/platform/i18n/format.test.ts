import { describe, expect, test } from 'vitest'
import { createFormat } from './format.ts'

const now = () => new Date('2026-11-23T02:42:00Z')
const zh = createFormat('zh-CN', 'Asia/Shanghai', now)
const en = createFormat('en', 'Asia/Shanghai', now)
const at = (text: string) => new Date(`${text}+08:00`)

test.each([
  ['date', at('2026-11-30T10:24'), '2026-11-30', '2026-11-30'],
  ['time', at('2026-11-30T00:05'), '00:05', '00:05'],
  ['clock', at('2026-11-30T00:05:07'), '00:05:07', '00:05:07'],
  ['shortDay', at('2026-11-19T10:24'), '11月19日', '19 Nov'],
  ['day', at('2026-11-30T10:24'), '11月30日', '30 November'],
  ['day', at('2027-05-22T00:00'), '2027年5月22日', '22 May 2027'],
  ['dayAndTime', at('2026-11-26T10:42'), '11月26日10:42', '26 November, 10:42'],
  ['longDay', at('2026-11-23T10:42'), '2026年11月23日，星期一', 'Monday, 23 November 2026'],
  ['moment', at('2026-11-23T08:02'), '今天 08:02', 'Today 08:02'],
  ['moment', at('2026-11-22T22:14'), '昨天 22:14', 'Yesterday 22:14'],
  ['moment', at('2026-11-20T09:31'), '11月20日 09:31', '20 Nov 09:31'],
  ['moment', at('2025-12-31T08:00'), '2025-12-31 08:00', '2025-12-31 08:00'],
  ['brief', at('2026-11-23T08:02'), '08:02', '08:02'],
  ['brief', at('2026-11-22T22:14'), '11月22日 22:14', '22 Nov 22:14'],
  ['brief', at('2027-01-06T08:00'), '2027-01-06 08:00', '2027-01-06 08:00'],
  ['inDays', at('2026-11-30T23:59'), '7天后', 'in 7 days'],
  ['inDays', at('2026-11-25T00:00'), '2天后', 'in 2 days'],
  ['inDays', at('2026-11-21T00:00'), '2天前', '2 days ago'],
  ['inDays', at('2026-11-24T00:00'), '明天', 'tomorrow'],
  ['inDays', at('2026-07-04T00:00'), '142天前', '142 days ago'],
] as const)('%s', (name, value, chinese, english) => {
  expect([zh[name](value), en[name](value)]).toEqual([chinese, english])
})

describe('the day is that of the site, not of the server', () => {
  test('half past midnight in Shanghai is today there while UTC still has yesterday', () => {
    expect(zh.moment(new Date('2026-11-22T16:30:00Z'))).toBe('今天 00:30')
  })
})

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1 KB'],
  [31.2 * 1024 ** 3, '31.2 GB'],
  [50 * 1024 ** 3, '50 GB'],
  [3 * 1024 ** 5, '3,072 TB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(zh.size(bytes)).toBe(expected)
})

test('counts have thousands and a true minus', () => {
  expect([zh.number(1284), en.number(-12)]).toEqual(['1,284', '−12'])
})
