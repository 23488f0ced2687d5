import { beforeAll, describe, expect, test } from 'vitest'
import { type House, testHouse } from '../testing/house.ts'
import { periodOf } from './periods.ts'
import { hoursOf, seriesOf, sumsOf, waitingByAge } from './read.ts'
import { rollUp } from './roll-up.ts'

const BERLIN = 'Europe/Berlin'
const HOUR = 3_600_000

let house: House
beforeAll(async () => {
  house = await testHouse()
})

const put = (hour: string, figure: string, value: number, dimension = '') =>
  house.owner`insert into figures_hourly (hour, figure, dimension, value) values (${hour}, ${figure}, ${dimension}, ${value})`
const iso = (date: Date | null) => date?.toISOString() ?? null

describe('A period of the site’s calendar', () => {
  test.each([
    ['day', '2026-03-29', '2026-03-28T23:00:00.000Z', 23, 24],
    ['day', '2026-03-30', '2026-03-29T22:00:00.000Z', 24, 23],
    ['day', '2026-10-25', '2026-10-24T22:00:00.000Z', 25, 24],
    ['week', '2026-10-25', '2026-10-18T22:00:00.000Z', 7 * 24 + 1, 7 * 24],
    ['week', '2026-10-26', '2026-10-25T23:00:00.000Z', 7 * 24, 7 * 24 + 1],
    ['hour', '2026-10-25T00:30:00Z', '2026-10-25T00:00:00.000Z', 1, 1],
    ['hour', '2026-10-25T01:30:00Z', '2026-10-25T01:00:00.000Z', 1, 1],
    ['hour', '2026-10-24T10', '2026-10-24T08:00:00.000Z', 1, 1],
  ] as const)('%s of %s begins at %s and has %i hours, the one before %i', async (unit, moment, start, hours, before) => {
    const { from, to, beforeFrom, beforeTo, running, comparedTo, beforeComparedTo } = await periodOf(house.db, unit, moment, BERLIN)
    expect(iso(from)).toBe(start)
    expect([(Number(to) - Number(from)) / HOUR, (Number(beforeTo) - Number(beforeFrom)) / HOUR]).toEqual([hours, before])
    expect({ running, comparedTo, beforeComparedTo, beforeTo }).toEqual({
      ...{ running: false, comparedTo: to, beforeComparedTo: beforeTo, beforeTo: from },
    })
  })

  test('begins with the hour of the clock, also where that is half an hour off', async () => {
    expect(iso((await periodOf(house.db, 'hour', '2026-11-25T04:10:00Z', 'Asia/Kolkata')).from)).toBe('2026-11-25T03:30:00.000Z')
    await house.owner`insert into figure_notes (at, figure, delta) values ('2026-11-01T04:10Z', 'recalled', 1)`
    await rollUp(house.db, 'Asia/Kolkata')
    const { from } = await periodOf(house.db, 'day', '2026-11-01', 'Asia/Kolkata')
    expect(await hoursOf(house.db, { from, to: new Date(Number(from) + 24 * HOUR) }, 'recalled')).toEqual([
      { hour: new Date('2026-11-01T03:30:00Z'), figure: 'recalled', dimension: '', value: 1 },
    ])
  })

  test('that is not over is compared by its whole hours so far, and one hour not at all', async () => {
    const week = await periodOf(house.db, 'week', undefined, 'UTC')
    expect(week.running).toBe(true)
    const elapsed = Number(week.comparedTo ?? week.from) - Number(week.from)
    expect(elapsed % HOUR).toBe(0)
    if (week.beforeComparedTo) expect(Number(week.beforeComparedTo) - Number(week.beforeFrom)).toBe(elapsed)
    expect(await periodOf(house.db, 'hour', undefined, 'UTC')).toMatchObject({ running: true, comparedTo: null, beforeComparedTo: null })
  })
})

describe('The figures of a period', () => {
  beforeAll(async () => {
    await house.owner`truncate figures_hourly`
    // The hour that the clocks of Berlin went over twice, and its neighbours.
    for (const [hour, value] of [
      ['2026-10-24T21:00Z', 1],
      ['2026-10-24T22:00Z', 10],
      ['2026-10-25T00:00Z', 100],
      ['2026-10-25T01:00Z', 1_000],
      ['2026-10-25T22:00Z', 10_000],
      ['2026-10-25T23:00Z', 100_000],
    ] as const)
      await put(hour, 'sign_ins', value)
    await put('2026-10-24T10:00Z', 'accounts_locked', 3)
    await put('2026-10-25T10:00Z', 'accounts_locked', 9)
    await put('2026-10-25T11:00Z', 'accounts_locked', 4)
    await put('2026-10-25T11:00Z', 'texts', 5, 'HK')
  })

  test('are the sums of its hours and of the period before; of what is measured the last look', async () => {
    const period = await periodOf(house.db, 'day', '2026-10-25', BERLIN)
    expect(await sumsOf(house.db, period)).toEqual(
      expect.arrayContaining([
        { figure: 'sign_ins', dimension: '', value: 11_110, compared: 11_110, before: 1 },
        { figure: 'texts', dimension: 'HK', value: 5, compared: 5, before: 0 },
        { figure: 'accounts_locked', dimension: '', value: 4, compared: 4, before: 3 },
      ]),
    )
  })

  test('point by point stand beside the same time of the clock a week earlier', async () => {
    await put('2026-10-18T00:00Z', 'sign_ins', 7)
    const day = await periodOf(house.db, 'day', '2026-10-25', BERLIN)
    const points = await seriesOf(house.db, 'sign_ins', day, 'hour', BERLIN)
    expect(points).toHaveLength(25)
    // Two o'clock came twice, and stands beside the one of a week ago both times.
    expect(points.slice(2, 4)).toEqual([
      { at: new Date('2026-10-25T00:00:00Z'), value: 100, past: 7 },
      { at: new Date('2026-10-25T01:00:00Z'), value: 1_000, past: 7 },
    ])
    const week = await periodOf(house.db, 'week', '2026-10-25', BERLIN)
    const days = await seriesOf(house.db, 'sign_ins', week, 'day', BERLIN)
    expect(days).toHaveLength(7)
    expect(days.at(-1)).toEqual({ at: new Date('2026-10-24T22:00:00Z'), value: 11_110, past: 7 })
  })

  test('that have not come yet are not zero', async () => {
    const today = await periodOf(house.db, 'day', undefined, BERLIN)
    const points = await seriesOf(house.db, 'sign_ins', { from: today.from, to: new Date(Number(today.to) + 24 * HOUR) }, 'hour', BERLIN)
    expect(points.at(0)?.value).toBe(0)
    expect(points.at(-1)?.value).toBeNull()
  })
})

test('What waits for staff is told by its age', async () => {
  expect(await waitingByAge(house.db)).toEqual([0, 0, 0, 0])
  for (const [n, ago] of ['10 minutes', '3 hours', '5 hours', '23 hours', '2 days'].entries())
    await house.owner`
      insert into staff_requests (mailbox, kind, about, words, state, created_at)
      values ('a@yunling.example', 'release', '{}', '', ${n % 2 ? 'taken' : 'open'}, now() - ${ago}::interval)`
  await house.owner`update staff_requests set state = 'refused' where created_at < now() - interval '1 day'`
  expect(await waitingByAge(house.db)).toEqual([1, 1, 2, 0])
})
