import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { type House, testHouse } from '#lib/platform/testing/house.ts'
import type { Narrowed } from './schema.ts'
import { newestFirst } from './store.ts'

/** Each an intent and its outcome, two seconds apart; some hundred rows of a person, of an operation, of a ticket. */
const ROWS = 1_000_000
const LIMIT = 50

let house: House
beforeAll(async () => {
  house = await testHouse()
  const indexes = await house.owner<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes where tablename = 'audit_log' and indexdef not like '% UNIQUE %'`
  // Filled first and indexed then, it takes half the time.
  for (const { name } of indexes) await house.owner`drop index ${house.owner(name)}`
  await house.owner`
    insert into audit_log (seq, reference, phase, at, operation, actor_kind, actor_id, mailbox, detail, outcome, hash)
    select row, 'ph_' || entry, case row % 2 when 0 then 'intent' else 'outcome' end, now() - (${ROWS}::int - row) * interval '1 second',
      case when entry % 1000 = 7 then 'helpdesk.unmask' else 'received.list' end,
      case when entry % 3 = 0 then 'system' else 'user' end, case when entry % 3 = 0 then 'figures' else 'u' || entry % 1000 end, 'u' || entry % 1000,
      case when entry % 500 = 9 then '{"ticket":"ITS-2026-' || entry % 7 || '"}' else '{}' end,
      case when row % 2 = 0 then null when entry % 1000 = 3 then 'refused' else 'done' end, ''
    from generate_series(0, ${ROWS}::int - 1) row, lateral (select row / 2 as entry) of
    where not (row % 2 = 1 and entry % 5000 = 11)`
  await house.owner`insert into audit_hours (hour, first_seq) select date_trunc('hour', at), min(seq) from audit_log group by 1`
  for (const { definition } of indexes) await house.owner.unsafe(definition)
  await house.owner`vacuum analyze audit_log`
}, 60_000)

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

/** Rows of the audit that were looked at, and by which scans. */
async function lookedAt(wanted: Narrowed & { before?: number }): Promise<{ rows: number; scans: string[] }> {
  const query = sql`explain (analyze, format json) ${newestFirst(house.db, { ...wanted, limit: LIMIT })}`
  const [explained] = await house.db.execute<{ 'QUERY PLAN': [{ Plan: Plan }] }>(query)
  const plans: Plan[] = []
  const visit = (plan: Plan) => {
    plans.push(plan)
    plan.Plans?.forEach(visit)
  }
  visit((explained as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan)
  const scans = plans.filter((plan) => plan['Relation Name'] === 'audit_log')
  const read = (plan: Plan) => (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
  return { rows: scans.reduce((sum, plan) => sum + read(plan), 0), scans: scans.map((plan) => plan['Node Type']) }
}

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

test.each<Narrowed & { before?: number }>([
  {},
  { before: 50_000 },
  { actor: 'u5' },
  { actor: 'figures' },
  { actor: 'nobody' },
  { account: 'u5' },
  { account: 'nobody' },
  { operation: 'received.list' },
  { operation: 'helpdesk.unmask' },
  { operation: 'not.there' },
  { outcome: 'done' },
  { outcome: 'refused' },
  { outcome: 'failed' },
  { outcome: 'unknown' },
  { outcome: 'unknown', actor: 'u11', from: day(5) },
  { ticket: 'ITS-2026-3' },
  { ticket: 'none' },
  { reference: 'ph_4711' },
  { from: day(1), to: day(1) },
  { to: day(2) },
  { from: day(0), operation: 'not.there' },
  { actor: 'u5', account: 'u5' },
  { actor: 'u5', outcome: 'failed' },
  { actor: 'figures', operation: 'helpdesk.unmask' },
  { operation: 'received.list', ticket: 'ITS-2026-3', to: day(1) },
])('However long the audit is, %j is found by an index in its order', async (wanted) => {
  const { rows, scans } = await lookedAt(wanted)
  expect(scans.join()).not.toContain('Seq')
  expect(rows).toBeLessThan(1_000)
})
