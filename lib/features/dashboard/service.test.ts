import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '#lib/platform/actor.ts'
import { env } from '#lib/platform/env.ts'
import { rollUp } from '#lib/platform/figures/roll-up.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { drillOperation, exportFiguresOperation, showFiguresOperation } from './operations.ts'
import { Figures, type Kpi } from './schema.ts'

let house: House
let staff: Person
beforeAll(async () => {
  house = await testHouse()
  staff = await house.person('chen')
  await rollUp(house.db, env().TIME_ZONE)
})
beforeEach(async () => {
  await house.forgetLimits()
  await house.owner`truncate figures_hourly, figure_notes`
})

const as = async (role: Role) => ({ actor: { ...(await staff.actor()), kind: 'staff', roles: [role] } as never })
const show = async (input: object) => done(await staff.call(showFiguresOperation, input, await as('auditor'))) as Figures
const count = () => rollUp(house.db, env().TIME_ZONE)

const put = (hour: string, figure: string, value: number, dimension = '') =>
  house.owner`insert into figures_hourly (hour, figure, dimension, value) values (${hour}, ${figure}, ${dimension}, ${value})`
/** 23 November 2026 is a Monday; the site is in Shanghai. */
const LAST_WEEK = { period: 'week', from: '2026-11-16' }
const [IN_WEEK, BEFORE] = ['2026-11-17T03:00Z', '2026-11-10T03:00Z']

describe('The figures', () => {
  const kpi = async (name: Kpi['name']) => (await show(LAST_WEEK)).kpis.find((one) => one.name === name)

  test('are those of the site’s calendar, beside the period before', async () => {
    const { from, to, before, running, comparedTo } = await show(LAST_WEEK)
    expect({ from, to, before, running, comparedTo }).toEqual({
      from: new Date('2026-11-15T16:00:00Z'),
      to: new Date('2026-11-22T16:00:00Z'),
      before: { from: new Date('2026-11-08T16:00:00Z'), to: new Date('2026-11-15T16:00:00Z') },
      running: false,
      comparedTo: new Date('2026-11-22T16:00:00Z'),
    })
  })

  test('count sign-ins and held mail by per cent, and calls saved by how many', async () => {
    for (const [figure, now, past] of [
      ['sign_ins', 1031, 1000],
      ['held', 92, 100],
    ] as const) {
      await put(IN_WEEK, figure, now)
      await put(BEFORE, figure, past)
    }
    await put(IN_WEEK, 'self_service', 30, 'reset.choose')
    await put(IN_WEEK, 'self_service', 12, 'phone.confirm')
    await put(BEFORE, 'self_service', 40, 'reset.choose')
    expect(await kpi('sign_ins')).toEqual({
      name: 'sign_ins',
      value: 1031,
      unit: 'count',
      change: { by: 3.1, in: 'percent', verdict: 'neutral' },
    })
    expect(await kpi('held')).toMatchObject({ value: 92, change: { by: -8, in: 'percent', verdict: 'neutral' } })
    expect(await kpi('calls_saved')).toMatchObject({ value: 42, change: { by: 2, in: 'count', verdict: 'neutral' } })
  })

  test.each([
    ['resets_finished', 'reset_finished', 'reset_started', 854, 875, -2.1, 'worse'],
    ['texts_delivered', 'texts_delivered', 'texts', 981, 980, 0.1, 'unchanged'],
    ['false_positives', 'released', 'held', 19, 23, -0.4, 'better'],
  ] as const)('tell shares as per cent: %s', async (name, part, whole, now, past, by, verdict) => {
    await put(IN_WEEK, part, now)
    await put(IN_WEEK, whole, 1000)
    await put(BEFORE, part, past)
    await put(BEFORE, whole, 1000)
    expect(await kpi(name)).toEqual({ name, value: now / 10, unit: 'percent', change: { by, in: 'points', verdict } })
  })

  test('of nothing are no share, and cannot be compared', async () => {
    expect(await kpi('resets_finished')).toEqual({ name: 'resets_finished', value: null, unit: 'percent', change: null })
    expect(await kpi('sign_ins')).toEqual({ name: 'sign_ins', value: 0, unit: 'count', change: null })
  })

  test('of an hour that runs are not compared', async () => {
    await put(new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString(), 'sign_ins', 5)
    const { kpis, running, comparedTo } = await show({ period: 'hour' })
    expect({ running, comparedTo }).toEqual({ running: true, comparedTo: null })
    expect(kpis[0]).toEqual({ name: 'sign_ins', value: 5, unit: 'count', change: null })
  })

  test('say when they were counted last, and when that has stopped', async () => {
    await count()
    expect((await show({})).stale).toBe(false)
    await house.later('2 minutes')
    const { stale, asOf } = await show({})
    expect(stale).toBe(true)
    expect(Number(asOf)).toBeLessThan(Date.now() - 100_000)
    await count()
  })

  test('tell how each component answers, and how often it did not', async () => {
    await house.owner`insert into component_states (name, ok, milliseconds, at) values
      ('directory', true, 4, now()), ('filter', true, 1200, now()), ('mailbox', false, null, now()), ('trace', true, 3, now() - interval '2 minutes')`
    const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString()
    await put(hour, 'component_checks', 200, 'mailbox')
    await put(hour, 'component_failures', 3, 'mailbox')
    const { components } = await show({ period: 'hour' })
    expect(components).toEqual([
      { name: 'directory', technology: null, state: 'working', milliseconds: 4, availability: null },
      { name: 'mailbox', technology: null, state: 'down', milliseconds: null, availability: 98.5 },
      { name: 'trace', technology: null, state: 'unknown', milliseconds: null, availability: null },
      { name: 'filter', technology: null, state: 'slow', milliseconds: 1200, availability: null },
    ])
  })

  test('come from the hours alone: the role that answers may not even read the big tables', async () => {
    const big = ['audit_log', 'sms_messages', 'sessions', 'trace_messages', 'trace_recipients', 'reset_flows', 'mail_accounts']
    for (const table of big) await house.owner`revoke select on ${house.owner(table)} from posthouse_app`
    try {
      const actor = { kind: 'staff', roles: ['auditor'], mailbox: staff.mailbox, name: '', sessionId: '', authAge: 0 } as const
      const on = house.second()
      expect(codeOf(await staff.call(showFiguresOperation, { period: 'week' }, { actor: { ...actor, roles: ['auditor'] }, on }))).toBe(
        'done',
      )
      expect(codeOf(await staff.call(exportFiguresOperation, { period: 'week' }, { actor: { ...actor, roles: ['auditor'] }, on }))).toBe(
        'done',
      )
    } finally {
      for (const table of big) await house.owner`grant select on ${house.owner(table)} to posthouse_app`
    }
  })
})

test('A file has the hours of a period, of one figure if that is asked for', async () => {
  await put(IN_WEEK, 'sign_ins', 7)
  await put(IN_WEEK, 'texts', 3, 'CN')
  await put(BEFORE, 'sign_ins', 9)
  const rows = async (input: object) => done(await staff.call(exportFiguresOperation, input, await as('admin'))).rows
  expect(await rows(LAST_WEEK)).toEqual([
    { hour: new Date('2026-11-17T03:00:00Z'), figure: 'sign_ins', dimension: '', value: 7 },
    { hour: new Date('2026-11-17T03:00:00Z'), figure: 'texts', dimension: 'CN', value: 3 },
  ])
  expect(await rows({ ...LAST_WEEK, figure: 'texts' })).toHaveLength(1)
})

test('T46 a person without a role sees none of it', async () => {
  for (const operation of [showFiguresOperation, drillOperation, exportFiguresOperation] as const)
    expect(codeOf(await staff.call(operation as never, { figure: 'sign_ins' }))).toBe('forbidden')
})

test('A moment that is none is refused', async () => {
  for (const from of ['2026-02-30', 'yesterday', '1999-12-31', '2026-11-23T10:00'])
    expect(codeOf(await staff.call(showFiguresOperation, { from }, await as('agent'))), from).toBe('invalid_input')
  Figures.parse(await show({ from: '2026-11-23T10:00:00+08:00', period: 'hour' }))
})
