import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { readLists } from './build-filter.ts'
import { isCommon } from './common-passwords.ts'

test('T13 the shipped filter knows what the lists hold', async () => {
  const passwords = [...readLists()]
  expect(passwords.length).toBeGreaterThan(1_200_000)
  const sample = passwords.filter((_, index) => index % 97 === 0)
  const missed = []
  for (const password of sample) if (!(await isCommon(password))) missed.push(password)
  expect(missed).toEqual([])
})

test('T13 of 100,000 strange passwords at most 8 are taken for common ones', async () => {
  let taken = 0
  for (let index = 0; index < 100_000; index++) if (await isCommon(randomBytes(12).toString('base64'))) taken++
  expect(taken).toBeLessThanOrEqual(8)
})

test.each([
  '123456',
  'PASSWORD',
  'Password2026!',
  '***iloveyou***',
  'wang123456',
  'woaini1314',
  '5201314',
  'ｐａｓｓｗｏｒｄ',
  '我爱你一生一世',
  '好好学习天天向上2026',
])('T13 %s is common', async (password) => {
  expect(await isCommon(password)).toBe(true)
})

test.each(['', '滇池的海鸥十一月回来', 'correct horse battery staple', 'kestrel-vq7-aum', 'love20261125kq'])(
  '%s is not',
  async (password) => {
    expect(await isCommon(password)).toBe(false)
  },
)
