import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { createFormat } from '#lib/platform/i18n/format.ts'
import en from '#lib/platform/i18n/messages/en/dashboard.json'
import zh from '#lib/platform/i18n/messages/zh-CN/dashboard.json'
import { EVERY_OPERATION } from '#lib/platform/testing/every-operation.ts'
import { moneyOf, rangeOf, signed, signedTenths, tookOf } from './words.ts'

const now = () => new Date('2026-11-25T02:41:00Z')
const chinese = createFormat('zh-CN', 'Asia/Shanghai', now)
const english = createFormat('en', 'Asia/Shanghai', now)
const span = (period: 'hour' | 'day' | 'week', from: string, to: string) => ({ period, from: new Date(from), to: new Date(to) })

test.each([
  [span('week', '2026-11-15T16:00Z', '2026-11-22T16:00Z'), '11月16–22日', '16–22 Nov'],
  [span('week', '2026-10-25T16:00Z', '2026-11-01T16:00Z'), '10月26日–11月1日', '26 Oct–1 Nov'],
  [span('day', '2026-11-24T16:00Z', '2026-11-25T16:00Z'), '11月25日', '25 Nov'],
  [span('hour', '2026-11-25T02:00Z', '2026-11-25T03:00Z'), '11月25日10:00–11:00', '25 Nov, 10:00–11:00'],
])('A period %j is written %s and %s', (period, zhWords, enWords) => {
  expect(rangeOf(chinese, 'zh-CN', period)).toBe(zhWords)
  expect(rangeOf(english, 'en', period)).toBe(enWords)
})

test('Differences have their sign, times their unit, and millionths are money', () => {
  expect([signed(chinese, 1_212), signed(chinese, -7), signed(chinese, 0)]).toEqual(['+1,212', '−7', '0'])
  expect([signedTenths(3.1), signedTenths(-8), signedTenths(0)]).toEqual(['+3.1', '−8.0', '0.0'])
  expect([tookOf(english, 4), tookOf(english, 6_249)]).toEqual(['4 ms', '6.2 s'])
  expect(moneyOf('zh-CN', 'CNY', 1_234_500)).toBe('¥1.23')
})

test.each([
  ['zh-CN', zh],
  ['en', en],
] as const)('Every operation that staff may do for others has a name in %s', (locale, dashboard) => {
  const t = createTranslator({ locale, messages: { dashboard }, namespace: 'dashboard.operations' })
  const nameless = EVERY_OPERATION.filter(({ staff, name }) => staff && !t.has(name as 'sso.end'))
  expect(nameless.map(({ name }) => name)).toEqual([])
})
