import { expect, test } from 'vitest'
import { hotlinesOf, NO_CONTACTS, wordsIn } from './site-contacts.ts'

test('What was said in one language only is told to readers of the other, too', () => {
  expect([wordsIn({ zh: '每天', en: 'daily' }, 'en'), wordsIn({ zh: '每天', en: 'daily' }, 'zh-CN')]).toEqual(['daily', '每天'])
  expect([wordsIn({ zh: '每天', en: '' }, 'en'), wordsIn({ zh: '', en: 'daily' }, 'zh-CN')]).toEqual(['每天', 'daily'])
})

test('A hotline is named to everybody where there is one', () => {
  expect(hotlinesOf({ ...NO_CONTACTS, hotline: { zh: '校内6120', en: '' } })).toEqual({ 'zh-CN': '校内6120', en: '校内6120' })
  expect(hotlinesOf(NO_CONTACTS)).toEqual({ 'zh-CN': '服务台', en: 'the helpdesk' })
})
