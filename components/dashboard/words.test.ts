import { expect, test } from 'vitest'
import { createFormat } from '#lib/platform/i18n/format.ts'
import { moneyOf, rangeOf, signed, signedTenths, tookOf } from './words.ts'

const now = () => new Date('2026-11-25T02:41:00Z')
const zh = createFormat('zh-CN', 'Asia/Shanghai', now)
const en = createFormat('en', 'Asia/Shanghai', now)
const span = (period: 'hour' | 'day' | 'week', from: string, to: string) => ({ period, from: new Date(from), to: new Date(to) })

test.each([
  [span('week', '2026-11-15T16:00Z', '2026-11-22T16:00Z'), '11月16–22日', '16–22 Nov'],
  [span('week', '2026-10-25T16:00Z', '2026-11-01T16:00Z'), '10月26日–11月1日', '26 Oct–1 Nov'],
  [span('day', '2026-11-24T16:00Z', '2026-11-25T16:00Z'), '11月25日', '25 Nov'],
  [span('hour', '2026-11-25T02:00Z', '2026-11-25T03:00Z'), '11月25日10:00–11:00', '25 Nov, 10:00–11:00'],
])('A period %j is written %s and %s', (period, chinese, english) => {
  expect(rangeOf(zh, 'zh-CN', period)).toBe(chinese)
  expect(rangeOf(en, 'en', period)).toBe(english)
})

test('Differences have their sign, times their unit, and millionths are money', () => {
  expect([signed(zh, 1_212), signed(zh, -7), signed(zh, 0)]).toEqual(['+1,212', '−7', '0'])
  expect([signedTenths(3.1), signedTenths(-8), signedTenths(0)]).toEqual(['+3.1', '−8.0', '0.0'])
  expect([tookOf(en, 4), tookOf(en, 6_249)]).toEqual(['4 ms', '6.2 s'])
  expect(moneyOf('zh-CN', 'CNY', 1_234_500)).toBe('¥1.23')
})
