import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import type { SmsState } from './port.ts'
import { recordStatus } from './status.ts'

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = connect(database.url)
})
afterAll(async () => {
  await db.$client.end()
  await database.drop()
})

const providerId = 'SM1'
const report = (messageId: string, state: SmsState) => ({
  messageId,
  providerId,
  state,
  reason: state === 'undelivered' || state === 'failed' ? ('unreachable' as const) : null,
})

async function insert(state: SmsState, provider: string | null = providerId): Promise<string> {
  const [row] = await db.execute<{ id: string }>(sql`
    insert into sms_messages (mailbox, purpose, phone_cipher, body_cipher, state, rank, provider_id)
    values ('lin@yunling.example', 'code', '\\x00', '\\x00', ${state}, ${state === 'queued' ? 0 : 1}, ${provider}) returning id`)
  return row?.id as string
}

async function read(id: string) {
  const [row] = await db.execute(sql`select state, provider_id, error, body_cipher from sms_messages where id = ${id}`)
  return row
}

const reported: SmsState[] = ['sending', 'sent', 'failed', 'undelivered', 'delivered']
const shuffled = (states: SmsState[]) => fc.shuffledSubarray(states, { minLength: states.length })

test('T14 F9 reports replayed and shuffled end in one state', async () => {
  const orders = fc.subarray(reported, { minLength: 1 }).chain((states) => fc.tuple(shuffled([...states, ...states]), shuffled(states)))
  await fc.assert(
    fc.asyncProperty(orders, async ([one, other]) => {
      const ids = [await insert('sending'), await insert('sending')] as const
      for (const state of one) await recordStatus(db, report(ids[0], state))
      for (const state of other) await recordStatus(db, report(ids[1], state))
      expect(await read(ids[0])).toEqual(await read(ids[1]))
    }),
    { numRuns: 40 },
  )
})

test('F9 F12 reports that arrive together end in the last state', async () => {
  const id = await insert('sending')
  await Promise.all([...reported, ...reported].map((state) => recordStatus(db, report(id, state))))
  expect(await read(id)).toMatchObject({ state: 'delivered', error: null })
})

test('T14 a report changes a message once', async () => {
  const id = await insert('sending')
  expect(await recordStatus(db, report(id, 'undelivered'))).toBe(true)
  expect(await recordStatus(db, report(id, 'undelivered'))).toBe(false)
  expect(await recordStatus(db, report(id, 'sent'))).toBe(false)
  expect(await read(id)).toMatchObject({ state: 'undelivered', error: 'unreachable' })
})

test('T14 a report on another message of the provider changes nothing', async () => {
  const id = await insert('sending', 'SM2')
  expect(await recordStatus(db, report(id, 'delivered'))).toBe(false)
  expect(await read(id)).toMatchObject({ state: 'sending', provider_id: 'SM2' })
})

test('F8 T23 a report settles a message of unknown fate and erases its text', async () => {
  const id = await insert('unknown', null)
  expect(await recordStatus(db, report(id, 'sending'))).toBe(true)
  expect(await read(id)).toEqual({
    state: 'sending',
    provider_id: providerId,
    error: null,
    body_cipher: null,
  })
})
