import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskPhone, parsePhoneNumber } from './phone-number.ts'

test.each([
  ['13800138000', '+8613800138000', 'CN'],
  ['138 0013 8000', '+8613800138000', 'CN'],
  ['+86 138-0013-8000', '+8613800138000', 'CN'],
  ['008613800138000', '+8613800138000', 'CN'],
  ['１３８００１３８０００', '+8613800138000', 'CN'],
  ['+852 6123 4567', '+85261234567', 'HK'],
  ['+853 6612 3456', '+85366123456', 'MO'],
  ['+886 912 345 678', '+886912345678', 'TW'],
])('%s is %s', (typed, number, country) => {
  expect(parsePhoneNumber(typed)).toEqual({ number, country })
})

test.each([
  ['1380013800', 'phone_invalid'],
  ['138001380001', 'phone_invalid'],
  ['', 'phone_invalid'],
  ['110', 'phone_invalid'],
  ['+', 'phone_invalid'],
  ['13800138000 ext. 5', 'phone_invalid'],
  ['010 5550 6120', 'phone_not_mobile'],
  ['400 610 6120', 'phone_not_mobile'],
  ['+44 7400 123456', 'phone_country_not_allowed'],
  ['+1 212 555 0100', 'phone_country_not_allowed'],
])('T8 %s is refused: %s', (typed, code) => {
  expect(() => parsePhoneNumber(typed)).toThrow(expect.objectContaining({ code, detail: { fields: ['number'] } }))
})

test.each([
  ['+8613800138000', '138****8000'],
  ['+85261234567', '+852 ****4567'],
  ['+886912345678', '+886 ****5678'],
])('%s is shown as %s', (number, masked) => {
  expect(maskPhone(number)).toBe(masked)
})

test('T23 a masked number never shows four digits in its middle', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000_000, max: 99_999_999 }), (rest) => {
      const national = `138${rest}`
      const masked = maskPhone(`+86${national}`)
      expect(masked).toBe(`138****${national.slice(-4)}`)
    }),
  )
})
