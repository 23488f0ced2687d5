import { expect, test } from 'vitest'
import { stampReader } from './log-time.ts'

const NOW = Date.parse('2026-11-25T18:00:00Z')

const when = (stamp: string, { timeZone = 'UTC', now = NOW } = {}) => {
  const found = stampReader(timeZone)(`${stamp} mail rest`, now)
  return found && { at: new Date(found.at).toISOString(), rest: found.rest }
}

test.each([
  ['Nov 25 15:53:02', 'UTC', '2026-11-25T15:53:02.000Z'],
  ['Nov  5 15:53:02', 'Asia/Shanghai', '2026-11-05T07:53:02.000Z'],
  ['Jul  1 12:00:00', 'Europe/Berlin', '2026-07-01T10:00:00.000Z'],
  ['Jan  1 00:00:01', 'Pacific/Auckland', '2025-12-31T11:00:01.000Z'],
  // Clocks went back: 02:30 came twice, once at +02:00 and once at +01:00.
  ['Oct 25 02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ['Oct 25 03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
])('%s in %s is %s', (stamp, timeZone, at) => {
  expect(when(stamp, { timeZone })).toEqual({ at, rest: 'mail rest' })
})

test('A line is of the latest year in which it is not more than a day ahead', () => {
  expect(when('Nov 26 17:59:00')?.at).toBe('2026-11-26T17:59:00.000Z')
  expect(when('Nov 26 19:00:00')?.at).toBe('2025-11-26T19:00:00.000Z')
  expect(when('Dec 31 23:59:59', { now: Date.parse('2027-01-01T00:00:05Z') })?.at).toBe('2026-12-31T23:59:59.000Z')
  expect(when('Jan  1 00:00:01', { now: Date.parse('2026-12-31T23:59:58Z') })?.at).toBe('2027-01-01T00:00:01.000Z')
  expect(when('Feb 29 12:00:00')?.at).toBe('2024-02-29T12:00:00.000Z')
})

test.each([
  ['2026-11-25T15:53:02.123456+08:00', '2026-11-25T07:53:02.123Z'],
  ['2026-11-25T15:53:02Z', '2026-11-25T15:53:02.000Z'],
  ['2026-11-25T15:53:02.1-03:30', '2026-11-25T19:23:02.100Z'],
])('A full stamp says all by itself: %s', (stamp, at) => {
  expect(when(stamp, { timeZone: 'Asia/Shanghai' })?.at).toBe(at)
})

test.each(['', 'Nov 25', 'Foo 25 15:53:02', 'Nov 32 15:53:02', 'Nov 25 29:53:02', '2026-13-45T15:53:02Z'])('%j is no time', (stamp) => {
  expect(when(stamp)).toBeNull()
})

test('Lines of one hour and of the next are told apart', () => {
  const read = stampReader('Asia/Shanghai')
  const times = ['Nov 25 15:59:59', 'Nov 25 16:00:00', 'Nov 25 15:00:00'].map((stamp) => read(`${stamp} x`, NOW)?.at)
  expect(times.map((at) => new Date(at ?? 0).toISOString().slice(11, 19))).toEqual(['07:59:59', '08:00:00', '07:00:00'])
})
