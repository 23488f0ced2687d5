import { expect, test } from 'vitest'
import { maskAddress } from './mask-address.ts'

test.each([
  ['lin.yue@yunling.example', 'li***@yunling.example'],
  ['lin@yunling.example', 'l***@yunling.example'],
  ['a@yunling.example', 'a***@yunling.example'],
  ['林小雨悦@yunling.example', '林小***@yunling.example'],
  ['no-address', 'no***'],
])('Of %s is shown %s', (address, shown) => {
  expect(maskAddress(address)).toBe(shown)
})
