import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrivalOf, queueIdOf } from './queue-id.ts'

test('Postfix’s own ids tell the moment of arrival', () => {
  // Written by Postfix 3.7.11 at 2026-11-25 16:49:55 UTC.
  expect(new Date((arrivalOf('4jZQdb4j86zJ9B3') ?? 0) / 1_000).toISOString()).toMatch(/^2026-11-25T16:49:55/)
})

test('A made-up id is a long queue id, and gives its moment back to the microsecond', () => {
  const moments = fc.integer({ min: 0, max: 4_102_444_800_000_000 })
  fc.assert(
    fc.property(moments, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (moment, serial) => {
      const id = queueIdOf(moment, serial)
      expect(id).toMatch(/^[0-9A-Za-z]{10,14}z[0-9A-Za-y]{1,14}$/)
      expect(arrivalOf(id)).toBe(moment)
    }),
  )
})

test('Two serials of one moment are two ids', () => {
  const serials = fc.uniqueArray(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 2, maxLength: 2 })
  fc.assert(fc.property(serials, ([one, two]) => queueIdOf(7, one as bigint) !== queueIdOf(7, two as bigint)))
})

test('What is no long queue id tells nothing', () => {
  for (const id of ['', 'NOQUEUE', '3F2A41C0B7', '4jZQdb4j86z', '4jZQdb4j86zJ9B3;', '4aZQdb4j86zJ9B3', '4jZQdbzzzz', "4jZQdb4j86zJ'--"]) {
    expect(arrivalOf(id), id).toBeNull()
  }
  fc.assert(fc.property(fc.string(), (text) => arrivalOf(text) === null || /^[0-9A-Za-z]+$/.test(text)))
})
