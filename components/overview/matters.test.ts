import { expect, test } from 'vitest'
import type { Attention } from '#lib/features/overview/schema.ts'
import { mattersOf } from './matters.ts'

const day = (number: number) => new Date(Date.UTC(2026, 10, number))
const expiring = (number: number): Attention => ({
  kind: 'app_password_expiring',
  id: `00000000-0000-4000-8000-0000000000${number}`,
  name: `Device ${number}`,
  daysLeft: number,
  expiresAt: day(number),
})
const noPhone: Attention = { kind: 'phone_not_bound' }
const oldPassword: Attention = { kind: 'password_old', days: 400 }

test('Two app passwords about to expire are told one by one', () => {
  const found = [noPhone, expiring(10), expiring(11)]
  expect(mattersOf(found)).toEqual(found)
})

test('Three and more are one matter, in the place of the first, with the earliest day', () => {
  const found = [noPhone, expiring(10), expiring(11), expiring(12), oldPassword]
  expect(mattersOf(found)).toEqual([noPhone, { kind: 'app_passwords_expiring', count: 3, first: day(10) }, oldPassword])
})

test('Nothing found, nothing to do', () => {
  expect(mattersOf([])).toEqual([])
})
