import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LOCALES, negotiateLocale } from './locale.ts'

test.each([
  [undefined, null, 'en'],
  [undefined, 'zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
  [undefined, 'zh', 'zh-CN'],
  [undefined, 'en-GB,zh-CN;q=0.9', 'en'],
  [undefined, 'en;q=0.5, zh-Hans;q=0.9', 'zh-CN'],
  [undefined, 'zh;q=0, en', 'en'],
  [undefined, 'de-DE,fr;q=0.9', 'en'],
  [undefined, 'zha', 'en'],
  ['en', 'zh-CN', 'en'],
  ['zh-CN', 'en', 'zh-CN'],
  ['../../etc', 'zh-CN', 'zh-CN'],
])('the cookie %j and the wish %j give %j', (cookie, wish, expected) => {
  expect(negotiateLocale(cookie, wish)).toBe(expected)
})

test('whatever a browser sends, the answer is a language that exists', () => {
  fc.assert(
    fc.property(fc.option(fc.string()), fc.option(fc.string()), (cookie, wish) =>
      LOCALES.includes(negotiateLocale(cookie ?? undefined, wish)),
    ),
  )
})
