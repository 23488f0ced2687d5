import { expect, test } from 'vitest'
import { strengthOf } from './strength.ts'

const LIN = { name: '林悦', nameEn: 'Lin Yue', login: 'lin.yue', address: 'lin.yue@yunling.example' }

test.each([
  ['', 0],
  ['password', 0],
  ['linyue', 0],
  ['林悦', 0],
  ['我爱你', 1],
  ['一二三四五六七八九十一二三四五', 1],
  ['aaaaaaaaaaaaaaaaaaaaaaaa', 0],
  ['滇池的海鸥十一月回来', 4],
  ['four herons over weir', 4],
])('%j is worth %i', async (password, strength) => {
  expect(await strengthOf(password, LIN)).toBe(strength)
})

test('Who has the name of somebody else is not known by it', async () => {
  expect(await strengthOf('zhuangyuqing', null)).toBeGreaterThan(await strengthOf('zhuangyuqing', { ...LIN, nameEn: 'Zhuang Yuqing' }))
})
