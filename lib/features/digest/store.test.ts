import { beforeAll, describe, expect, test } from 'vitest'
import { type House, testHouse } from '#lib/platform/testing/house.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})

interface When {
  frequency?: string
  hour: number
  weekday?: number
  zone: string
}

const ask = async (what: 'digest_due' | 'digest_next', { frequency = 'daily', hour, weekday = 1, zone }: When, at: string) => {
  const [row] = await house.owner<{ at: Date | null }[]>`
    select ${house.owner(what)}(${frequency}, ${hour}, ${weekday}, ${zone}, ${at}::timestamptz) as at`
  return row?.at?.toISOString() ?? null
}
const due = (when: When, at: string) => ask('digest_due', when, at)
const next = (when: When, at: string) => ask('digest_next', when, at)

/** Every time due from one to the next for over a year, as the clock of the place shows it. */
const walk = async ({ frequency = 'daily', hour, weekday = 1, zone }: When) =>
  (
    await house.owner<{ day: string; clock: string }[]>`
      with recursive times as (
        select digest_next(${frequency}, ${hour}, ${weekday}, ${zone}, '2026-09-01T00:00Z') as t
        union all
        select digest_next(${frequency}, ${hour}, ${weekday}, ${zone}, t) from times where t < '2027-12-01T00:00Z')
      select to_char(t at time zone ${zone}, 'YYYY-MM-DD') as day, to_char(t at time zone ${zone}, 'HH24:MI') as clock from times order by t`
  ).map((row) => ({ ...row }))

const dayAfter = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

describe('F11 the hour of a day', () => {
  test('that does not exist, when the clocks go forward, is the one after it', async () => {
    const berlin = { hour: 2, zone: 'Europe/Berlin' }
    expect(await next(berlin, '2027-03-27T12:00Z')).toBe('2027-03-28T01:00:00.000Z')
    expect(await due(berlin, '2027-03-28T00:59:59Z')).toBe('2027-03-27T01:00:00.000Z')
    expect(await due(berlin, '2027-03-28T01:00Z')).toBe('2027-03-28T01:00:00.000Z')
    expect(await next(berlin, '2027-03-28T01:00Z')).toBe('2027-03-29T00:00:00.000Z')
    const newYork = { hour: 2, zone: 'America/New_York' }
    expect(await next(newYork, '2027-03-14T05:00Z')).toBe('2027-03-14T07:00:00.000Z')
    expect(await next(newYork, '2027-03-14T07:00Z')).toBe('2027-03-15T06:00:00.000Z')
  })

  test('that comes twice, when the clocks go back, counts once', async () => {
    const berlin = { hour: 2, zone: 'Europe/Berlin' }
    expect(await next(berlin, '2026-10-24T12:00Z')).toBe('2026-10-25T01:00:00.000Z')
    expect(await next(berlin, '2026-10-25T01:00Z')).toBe('2026-10-26T01:00:00.000Z')
    const newYork = { hour: 1, zone: 'America/New_York' }
    expect(await next(newYork, '2026-11-01T04:00Z')).toBe('2026-11-01T06:00:00.000Z')
    expect(await next(newYork, '2026-11-01T06:00Z')).toBe('2026-11-02T06:00:00.000Z')
  })

  test.each(['Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Africa/Cairo', 'Australia/Lord_Howe', 'UTC'])(
    'comes once on every day of the calendar in %s, and never drifts',
    async (zone) => {
      for (const hour of [0, 1, 2, 3, 8, 23]) {
        const times = await walk({ hour, zone })
        expect(times.length).toBeGreaterThan(450)
        for (const [index, { day }] of times.entries()) if (index > 0) expect(day).toBe(dayAfter(times[index - 1]?.day ?? '', 1))
        const other = times.filter(({ clock }) => clock !== `${String(hour).padStart(2, '0')}:00`)
        expect(other.length, `${zone} ${hour}`).toBeLessThanOrEqual(2)
      }
    },
  )
})

test.each([1, 4, 7])('F11 day %i of a week comes every seven days', async (weekday) => {
  for (const zone of ['Europe/Berlin', 'America/New_York']) {
    const times = await walk({ frequency: 'weekly', hour: 2, weekday, zone })
    expect(times.length).toBeGreaterThan(60)
    for (const [index, { day }] of times.entries()) {
      expect(new Date(day).getUTCDay() || 7).toBe(weekday)
      if (index > 0) expect(day).toBe(dayAfter(times[index - 1]?.day ?? '', 7))
    }
  }
})

test('at once is due at any time, and never at none', async () => {
  const zone = 'Asia/Shanghai'
  const at = '2026-11-25T08:30:00.000Z'
  expect(await due({ frequency: 'immediate', hour: 8, zone }, at)).toBe(at)
  expect(await next({ frequency: 'immediate', hour: 8, zone }, at)).toBeNull()
  expect(await due({ frequency: 'never', hour: 8, zone }, at)).toBeNull()
  expect(await next({ frequency: 'never', hour: 8, zone }, at)).toBeNull()
})
