import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectSql, type Sql } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import { queueIdOf } from '../queue-id.ts'
import type { Outcome } from './port.ts'
import { readOne, readPage } from './read.ts'
import type { TraceRecord } from './record.ts'
import { applyRecords, ensureDays } from './store.ts'

let database: TestDatabase
let sql: Sql

beforeAll(async () => {
  database = await createTestDatabase()
  sql = connectSql(database.url)
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const NOW = Date.now()
const DAY_MS = 86_400_000
const newId = (ms = NOW) => queueIdOf(ms * 1_000 + randomInt(1_000), BigInt(randomInt(2 ** 47)))
const newMailbox = () => `${randomUUID()}@yunling.example`
const at = new Date(NOW)

async function apply(...records: TraceRecord[]): Promise<number> {
  await ensureDays(
    sql,
    records.flatMap((record) => ('id' in record ? record.id : [])),
  )
  return sql.begin((tx) => applyRecords(tx, records))
}

const told = (
  id: string,
  mailbox: string,
  outcome?: Outcome,
  more: Partial<Extract<TraceRecord, { kind: 'recipient' }>> = {},
): TraceRecord => ({
  kind: 'recipient',
  id,
  mailbox,
  event: { at, what: 'delivered' },
  outcome,
  ...more,
})

test('Facts and a recipient meet in one row, whichever comes first', async () => {
  const [one, two, mailbox] = [newId(NOW - 1_000), newId(NOW), newMailbox()]
  const facts = {
    sender: 'zhao@elsewhere.example',
    subject: '实验室报告',
    size: 4_096,
    from: { name: '赵敏', address: 'zhao@elsewhere.example' },
  }
  await apply({ kind: 'message', id: one, facts })
  await apply(told(one, mailbox, 'delivered'))
  await apply(told(two, mailbox, 'delivered'))
  await apply({ kind: 'message', id: two, facts })
  const shown = { from: facts.from, subject: facts.subject, size: facts.size, outcome: 'delivered' }
  expect(await readPage(sql, mailbox, { limit: 5 })).toMatchObject([
    { id: two, ...shown },
    { id: one, ...shown },
  ])
})

test('Later facts complete earlier ones and replace none, but for a subject that was cut short', async () => {
  const [id, mailbox] = [newId(), newMailbox()]
  await apply(
    {
      kind: 'message',
      id,
      facts: { sender: 'a@one.example', subject: 'Repo', client: { ip: '203.0.113.9', name: null, helo: null, tls: null } },
    },
    told(id, mailbox),
  )
  await apply({
    kind: 'message',
    id,
    facts: { sender: 'b@two.example', subject: 'Report', size: 7, client: { ip: '203.0.113.1', name: null, helo: 'mx', tls: null } },
  })
  expect(await readOne(sql, mailbox, id)).toMatchObject({
    sender: 'a@one.example',
    subject: 'Report',
    size: 7,
    client: { ip: '203.0.113.9', name: null, helo: 'mx', tls: null },
  })
})

describe('What became of a mail', () => {
  test.each<[Outcome[], Outcome]>([
    [['waiting', 'delivered'], 'delivered'],
    [['delivered', 'waiting'], 'delivered'],
    [['waiting', 'failed'], 'failed'],
    [['failed', 'waiting'], 'failed'],
    [['held', 'waiting'], 'held'],
    [['held', 'delivered'], 'held'],
    [['held', 'failed'], 'held'],
    [['waiting', 'held', 'releasing', 'released'], 'released'],
    [['held', 'deleted', 'held'], 'held'],
    [['held', 'expired', 'delivered'], 'expired'],
    [['releasing', 'delivered'], 'delivered'],
    [['releasing', 'held'], 'held'],
  ])('%j ends as %s, in one batch or in many', async (outcomes, end) => {
    const [one, many, mailbox] = [newId(), newId(), newMailbox()]
    await apply(...outcomes.map((outcome) => told(one, mailbox, outcome)))
    for (const outcome of outcomes) await apply(told(many, mailbox, outcome))
    expect(await readOne(sql, mailbox, one)).toMatchObject({ outcome: end })
    expect(await readOne(sql, mailbox, many)).toMatchObject({ outcome: end })
  })

  test.each([0, 1])('Question marks in place of letters give way to the letters, whichever comes first (%i)', async (first) => {
    const [id, mailbox] = [newId(), newMailbox()]
    const subjects = ['稿件 1187', '?????? 1187']
    await apply({ kind: 'message', id, facts: { subject: subjects[first] } }, told(id, mailbox))
    await apply({ kind: 'message', id, facts: { subject: subjects[1 - first] } })
    expect((await readOne(sql, mailbox, id))?.subject).toBe('稿件 1187')
  })

  test('A reason goes with its outcome, and leaves with it', async () => {
    const [id, mailbox] = [newId(), newMailbox()]
    await apply(
      told(id, mailbox, 'waiting', { reason: 'mailbox_full', event: { at, what: 'deferred', reason: 'mailbox_full', status: '4.2.2' } }),
    )
    expect(await readOne(sql, mailbox, id)).toMatchObject({ outcome: 'waiting', reason: 'mailbox_full' })
    await apply(told(id, mailbox, 'delivered'))
    expect(await readOne(sql, mailbox, id)).toMatchObject({ outcome: 'delivered', reason: null })
  })

  test('An event alone changes nothing else', async () => {
    const [id, mailbox] = [newId(), newMailbox()]
    await apply(told(id, mailbox, 'held'))
    await apply(told(id, mailbox, undefined, { event: { at, what: 'requested' } }))
    expect(await readOne(sql, mailbox, id)).toMatchObject({
      outcome: 'held',
      events: [{ what: 'arrived' }, { what: 'delivered' }, { what: 'requested', at }],
    })
  })
})

describe('The folder', () => {
  const folder = (mailbox: string, lmtpSession: string, name: string): TraceRecord => ({
    kind: 'folder',
    mailbox,
    lmtpSession,
    folder: name,
    at,
  })

  test.each(['first', 'last', 'together'])('is known when its server tells it %s', async (when) => {
    const [id, mailbox, session] = [newId(), newMailbox(), randomUUID()]
    const [said, delivery] = [folder(mailbox, session, 'Junk'), told(id, mailbox, 'delivered', { lmtpSession: session })]
    if (when === 'together') await apply(said, delivery)
    else for (const record of when === 'first' ? [said, delivery] : [delivery, said]) await apply(record)
    expect(await readOne(sql, mailbox, id)).toMatchObject({
      outcome: 'junk',
      folder: 'Junk',
      events: [{ what: 'arrived' }, { what: 'delivered', folder: 'Junk' }],
    })
    expect(await sql`select from trace_folders where mailbox = ${mailbox}`).toHaveLength(0)
  })

  test('T34 of another mailbox is never taken, though it names the same session', async () => {
    const [id, mailbox, other, session] = [newId(), newMailbox(), newMailbox(), randomUUID()]
    await apply(told(id, mailbox, 'delivered', { lmtpSession: session }))
    await apply(folder(other, session, 'Junk'))
    expect(await readOne(sql, mailbox, id)).toMatchObject({ outcome: 'delivered', folder: null })
  })

  test('is joined when two sources tell at the same moment', async () => {
    const deliveries = Array.from({ length: 30 }, () => ({ id: newId(), mailbox: newMailbox(), session: randomUUID() }))
    await Promise.all(
      deliveries.flatMap(({ id, mailbox, session }) => [
        apply(told(id, mailbox, 'delivered', { lmtpSession: session })),
        apply(folder(mailbox, session, '项目')),
      ]),
    )
    for (const { id, mailbox } of deliveries) expect(await readOne(sql, mailbox, id)).toMatchObject({ folder: '项目' })
  })
})

test('When a server gives up, those who still wait never get the mail, and nobody else is told so', async () => {
  const [id, waiting, served, late] = [newId(), newMailbox(), newMailbox(), newMailbox()]
  await apply(told(id, waiting, 'waiting'), told(id, served, 'delivered'))
  await apply(told(id, late, 'waiting'), { kind: 'expired', id, at })
  for (const mailbox of [waiting, late]) expect(await readOne(sql, mailbox, id)).toMatchObject({ outcome: 'failed', reason: 'too_old' })
  expect(await readOne(sql, served, id)).toMatchObject({ outcome: 'delivered', reason: null })
})

test('What is told twice is one event', async () => {
  const [id, mailbox] = [newId(), newMailbox()]
  await apply(told(id, mailbox, 'delivered'))
  await apply(told(id, mailbox, 'delivered'))
  expect((await readOne(sql, mailbox, id))?.events).toHaveLength(2)
})

test('Of many events the first and the last are kept', async () => {
  const [id, mailbox] = [newId(), newMailbox()]
  const tries = Array.from({ length: 300 }, (_, index) =>
    told(id, mailbox, 'waiting', { event: { at: new Date(NOW + index), what: 'deferred' } }),
  )
  await apply({ kind: 'recipient', id, mailbox, event: { at, what: 'arrived' } }, ...tries)
  await apply(told(id, mailbox, 'delivered', { event: { at: new Date(NOW + 500), what: 'delivered' } }))
  const { events = [] } = (await readOne(sql, mailbox, id)) ?? {}
  expect(events).toHaveLength(60)
  expect([events[0]?.what, events.at(-1)?.what]).toEqual(['arrived', 'delivered'])
})

test('Two ids of one microsecond are two mails, and the microsecond is kept', async () => {
  const mailbox = newMailbox()
  const [one, two] = [queueIdOf(NOW * 1_000 + 123, 1n), queueIdOf(NOW * 1_000 + 123, 2n)]
  await apply(told(one, mailbox), told(two, mailbox))
  const rows =
    await sql`select extract(epoch from arrived_at) * 1000000 = ${String(NOW * 1_000 + 123)}::text::numeric as exact from trace_recipients where mailbox = ${mailbox}`
  expect(rows).toMatchObject([{ exact: true }, { exact: true }])
})

test('A mail of a day that the trace does not keep is left out, and told', async () => {
  const mailbox = newMailbox()
  const ids = [newId(NOW - 69 * DAY_MS), newId(NOW + 9 * DAY_MS), 'not an id', newId(NOW - 66 * DAY_MS)]
  expect(await apply(...ids.map((id) => told(id, mailbox)))).toBe(3)
  expect(await readPage(sql, mailbox, { limit: 9 })).toMatchObject([{ id: ids[3] }])
})

test('A new day is made once, however many need it at the same moment', async () => {
  const [owner, ids] = [connectSql(database.ownerUrl, { max: 1 }), Array.from({ length: 10 }, () => newId(NOW - 40 * DAY_MS))]
  const sessions = ids.map(() => connectSql(database.url, { max: 1 }))
  for (let round = 0; round < 5; round++) {
    await Promise.all(sessions.map((session, index) => ensureDays(session, [ids[index] as string])))
    await owner`select trace_forget(30)`
  }
  await Promise.all([owner, ...sessions].map((session) => session.end()))
})

test('A mail that comes late for a day that was forgotten finds room again', async () => {
  const [owner, id, mailbox] = [connectSql(database.ownerUrl, { max: 1 }), newId(NOW - 50 * DAY_MS), newMailbox()]
  vi.useFakeTimers({ toFake: ['Date'], now: NOW - 50 * DAY_MS })
  await ensureDays(sql, [id])
  vi.useRealTimers()
  await owner`select trace_forget(45)`
  await owner.end()
  expect(await apply(told(id, mailbox))).toBe(0)
  expect(await readPage(sql, mailbox, { limit: 2 })).toMatchObject([{ id }])
})

test.each(['Pacific/Kiritimati', 'Etc/GMT+12'])('Days are those of UTC, also for a session of %s', async (zone) => {
  const session = connectSql(database.url, { max: 1 })
  await session`select set_config('timezone', ${zone}, false)`
  for (const days of [-68, 8]) await session`select trace_keep_day((now() at time zone 'UTC')::date + ${days}::int)`
  await session.end()
})

test('T28 what Postgres does not take, and what would break a line, becomes a blank', async () => {
  const [id, mailbox] = [newId(), newMailbox()]
  const subject = 'a\u0000b\r\nBcc: x\ud800 \\u0000 "q" \\n'
  await apply({ kind: 'message', id, facts: { subject } }, told(id, mailbox))
  expect(await readOne(sql, mailbox, id)).toMatchObject({ subject: 'a b  Bcc: x  \\u0000 "q" \\n' })
})

test('Each mailbox that has something new is told once, when it is committed', async () => {
  const [id, one, two, heard] = [newId(), newMailbox(), newMailbox(), [] as string[]]
  let done = () => {}
  const end = new Promise<void>((resolve) => (done = resolve))
  const { unlisten } = await sql.listen('posthouse_mail', (mailbox) => (mailbox === 'end' ? done() : heard.push(mailbox)))
  await apply(told(id, one), told(id, one, 'delivered'), told(id, two), { kind: 'message', id, facts: { size: 1 } })
  await sql`select pg_notify('posthouse_mail', 'end')`
  await end
  await unlisten()
  expect(heard.sort()).toEqual([one, two].sort())
})

test('Sources that write of the same mails in every order wait for each other, and none is lost', async () => {
  const [ids, mailboxes] = [Array.from({ length: 20 }, () => newId()), Array.from({ length: 20 }, newMailbox)]
  const batch = (turn: number) => {
    const turned = <T>(list: T[]) => [...list.slice(turn), ...list.slice(0, turn)]
    return turned(ids).flatMap((id) => [
      { kind: 'message', id, facts: { subject: `s${turn}` } } as TraceRecord,
      ...turned(mailboxes).map((mailbox) => told(id, mailbox, undefined, { event: { at: new Date(NOW + turn), what: 'deferred' } })),
    ])
  }
  await Promise.all(Array.from({ length: 8 }, (_, turn) => apply(...batch(turn))))
  const rows = await sql`
    select from trace_recipients where mailbox = any(${mailboxes}) and jsonb_array_length(events) = 8 and subject is not null`
  expect(rows).toHaveLength(400)
})
