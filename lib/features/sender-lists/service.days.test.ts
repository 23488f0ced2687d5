import { createTranslator } from 'next-intl'
import { expect, test, vi } from 'vitest'
import { env } from '#lib/platform/env.ts'
import en from '#lib/platform/i18n/messages/en/sender-lists.json'
import zh from '#lib/platform/i18n/messages/zh-CN/sender-lists.json'
import { done, testHouse } from '#lib/platform/testing/house.ts'
import { listSendersOperation } from './operations.ts'

test('The page says the days that the site has set', async () => {
  const lin = await (await testHouse()).person('lin')
  vi.spyOn(env(), 'HELD_DAYS', 'get').mockReturnValue(14)
  const { heldDays: days } = done(await lin.call(listSendersOperation))
  vi.restoreAllMocks()
  const said = [zh, en].map((messages, n) => createTranslator({ locale: n ? 'en' : 'zh-CN', messages })('intro', { days }))
  expect(said).toEqual([expect.stringContaining('14天内'), expect.stringContaining('for 14 days')])
})
