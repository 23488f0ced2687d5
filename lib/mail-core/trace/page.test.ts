import type { PendingQuery } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectSql } from '#db/client.ts'
import { queueIdOf } from '../queue-id.ts'
import { keepDays } from './days.ts'
import type { SentQuery, TraceQuery } from './port.ts'
import { pageStatement } from './read.ts'
import { sentStatement } from './sent.ts'
import { fillTrace } from './testing/fill.ts'
import { traceHouse } from './testing/house.ts'

const ROWS = 100_000
const RECIPIENTS = 20
const DAYS = 30
const MAILBOX = 'user7@yunling.example'

let house: Awaited<ReturnType<typeof traceHouse>>

beforeAll(async () => {
  house = await traceHouse()
  await keepDays(house.sql, DAYS)
  const owner = connectSql(house.database.ownerUrl)
  await fillTrace(owner, { rows: ROWS, recipients: RECIPIENTS, days: DAYS })
  await owner.end()
})
afterAll(() => house.close())

interface Node {
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}

/** Of tables and indexes. */
const scansOf = (node: Node): Node[] => [
  ...(/^(?!Function).* Scan$/.test(node['Node Type']) && !node.Plans ? [node] : []),
  ...(node.Plans ?? []).flatMap(scansOf),
]

async function rowsRead<Rows extends object[]>(statement: PendingQuery<Rows>) {
  const [plan] = await house.sql<{ 'QUERY PLAN': [{ Plan: Node }] }[]>`explain (analyze, format json) ${statement}`
  const root = (plan as NonNullable<typeof plan>)['QUERY PLAN'][0].Plan
  const read = scansOf(root).map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'])
  return { shown: root['Actual Rows'], read: read.reduce((sum, rows) => sum + rows, 0) }
}

const middle = queueIdOf((Date.now() - 15 * 86_400_000) * 1_000, 1n)
const limit = 50

test.each<[string, TraceQuery]>([
  ['the newest', { limit }],
  ['the newest of one outcome', { limit, outcomes: ['junk'] }],
  ['the newest of three outcomes', { limit, outcomes: ['junk', 'held', 'rejected'] }],
  ['a page in the middle', { limit, before: middle }],
  ['a page in the middle, upwards', { limit, after: middle }],
  ['a page in the middle, of one outcome', { limit, before: middle, outcomes: ['held'] }],
  ['the newest before a day', { limit, until: new Date(Date.now() - 10 * 86_400_000) }],
])('Of a hundred thousand rows over thirty days, %s are found by reading those that are shown', async (_, query) => {
  const { shown, read } = await rowsRead(pageStatement(house.sql, MAILBOX, query))
  expect(shown).toBe(limit)
  expect(read).toBeLessThanOrEqual(60)
})

test.each<[string, SentQuery]>([
  ['the newest', { limit }],
  ['a page in the middle', { limit, before: middle }],
  ['a page in the middle, upwards', { limit, after: middle }],
  ['the newest before a day', { limit, until: new Date(Date.now() - 10 * 86_400_000) }],
])('Of a hundred thousand mails that people sent, %s are found by reading those that are shown and who got them', async (_, query) => {
  const { shown, read } = await rowsRead(sentStatement(house.sql, MAILBOX, query))
  expect(shown).toBe(limit)
  expect(read).toBeLessThanOrEqual(120)
})

test('A period opens no other days', async () => {
  const since = new Date(Date.now() - 11 * 86_400_000)
  const [plan] = await house.sql<{ 'QUERY PLAN': [{ Plan: Node }] }[]>`
    explain (analyze, format json) ${pageStatement(house.sql, MAILBOX, { limit: 5_000, since, until: new Date(since.getTime() + 86_400_000) })}`
  const read = scansOf((plan as NonNullable<typeof plan>)['QUERY PLAN'][0].Plan).filter((node) => node['Actual Loops'] > 0)
  expect(read.length).toBeLessThanOrEqual(2)
})
