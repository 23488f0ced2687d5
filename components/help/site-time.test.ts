import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf, wallTime } from './site-time.ts'

test('A time on the wall of the site is an instant, whatever the zone of the browser', () => {
  expect(instantOf('Asia/Shanghai', '2026-11-30T08:30')?.toISOString()).toBe('2026-11-30T00:30:00.000Z')
  expect(wallTime('Asia/Shanghai', new Date('2026-11-30T16:00:00Z'))).toBe('2026-12-01T00:00')
})

test('An hour that a change of clocks skips is the one after it, and of one that comes twice the first counts', () => {
  expect(instantOf('Europe/Berlin', '2026-03-29T02:30')?.toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(instantOf('Europe/Berlin', '2026-10-25T02:30')?.toISOString()).toBe('2026-10-25T00:30:00.000Z')
})

test.each(['', '2026-11-30', '2026-13-01T00:00', '2026-11-30T08:30Z', 'tomorrow'])('%j is no time', (wall) => {
  expect(instantOf('Asia/Shanghai', wall)).toBeUndefined()
})

test('What the wall shows at an instant leads back to it, but for the hour that comes twice', () => {
  const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland', 'Asia/Kathmandu', 'UTC')
  const minute = fc.integer({ min: 28_000_000, max: 31_000_000 })
  fc.assert(
    fc.property(zone, minute, (zone, minute) => {
      const instant = new Date(minute * 60_000)
      const back = instantOf(zone, wallTime(zone, instant)) as Date
      expect(wallTime(zone, back)).toBe(wallTime(zone, instant))
      expect(Math.abs(back.getTime() - instant.getTime())).toBeLessThanOrEqual(3_600_000)
    }),
  )
})
