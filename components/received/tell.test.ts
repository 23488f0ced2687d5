import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { LOCALES } from '#lib/platform/i18n/locale.ts'
import en from '#lib/platform/i18n/messages/en/received.json'
import zh from '#lib/platform/i18n/messages/zh-CN/received.json'
import { tell, type Words } from './tell.ts'
import type { Done } from './use-acts.ts'

const [chinese, english] = LOCALES.map(
  (locale) => createTranslator({ locale, namespace: 'received', messages: { received: locale === 'en' ? en : zh } }) as unknown as Words,
)
const done = (part: Partial<Done>): Done => ({ act: 'release', ids: [], askHelpdesk: [], missed: [], listed: [], notListed: [], ...part })
const told = (part: Partial<Done>) => [chinese, english].map((t) => tell(t as Words, done(part)))

test('Each of many is accounted for', () => {
  expect(told({ ids: ['a', 'b', 'c'], askHelpdesk: ['d'], missed: ['e', 'f'] })).toEqual([
    { done: '正在放行3封，很快到收件箱', rest: ['1封要由服务台放行，打开它写明事由。', '2封不在扣留中，没有动它。'] },
    {
      done: '3 messages are on the way to your inbox',
      rest: ['1 message is released by the helpdesk only: open it and say why.', '2 messages were not held, and not touched.'],
    },
  ])
})

test('Who is on a list from now on is named, and who cannot be as well', () => {
  const listed = ['editor@ynwater-journal.example']
  expect(told({ act: 'allow', ids: ['a'], listed })[0]?.done).toBe('正在放行1封，以后editor@ynwater-journal.example的来信直接进收件箱')
  expect(told({ act: 'block', ids: ['a'], notListed: ['dean@yunling.example'] })).toEqual([
    { done: '已删除1封', rest: ['dean@yunling.example不能放进名单。'] },
    { done: 'Deleted 1 message', rest: ['dean@yunling.example cannot be put on a list.'] },
  ])
})

test('Nothing is said to be done when nothing was', () => {
  expect(told({ act: 'delete', missed: ['a'] })[1]).toEqual({ done: null, rest: ['1 message was not held, and not touched.'] })
})
