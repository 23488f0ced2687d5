import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileTime, generalizedTime, toGeneralizedTime } from './ldap-values.ts'

test('OpenLDAP’s times are read, with and without fractions', () => {
  expect(generalizedTime('20261123093913Z')).toEqual(new Date('2026-11-23T09:39:13Z'))
  expect(generalizedTime('20261123093913.123456Z')).toEqual(new Date('2026-11-23T09:39:13Z'))
  for (const odd of [undefined, [], '', '2026', '20261123093913+0800']) expect(generalizedTime(odd)).toBeNull()
})

test('Active Directory’s times are read; "must change" and "never" are none', () => {
  expect(fileTime('134399003536025400')?.toISOString()).toBe('2026-11-23T09:39:13.602Z')
  for (const odd of [undefined, [], '0', '9223372036854775807', '-1', 'x']) expect(fileTime(odd)).toBeNull()
})

test('Any time survives the way through Active Directory’s count', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
      const steps = (BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n
      expect(fileTime(String(steps))).toEqual(date)
    }),
  )
})

test('A time is written as it is read', () => {
  expect(toGeneralizedTime(new Date('2026-11-23T09:39:13.602Z'))).toBe('20261123093913Z')
})
