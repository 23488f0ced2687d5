import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import { enqueueSms, type NewSms } from './enqueue.ts'
import { outboxSms } from './outbox.ts'
import { SmsError, type SmsProvider } from './port.ts'
import { type SmsSender, sendSms, settleAbandonedSms } from './send-job.ts'
import { recordStatus } from './status.ts'
import { ACCOUNT_SID, AUTH_TOKEN, MockTwilio, NUMBERS } from './testing/mock-twilio.ts'
import { twilioSms } from './twilio.ts'

const phone = '+8613800138000'
const secret = 'k7q2-app-password-secret'
const message: NewSms = {
  mailbox: 'lin@yunling.example',
  purpose: 'app_password',
  phone,
  body: `密码 ${secret}`,
}

const api = new MockTwilio()
let database: TestDatabase
let db: Database
beforeAll(async () => {
  await api.start()
  database = await createTestDatabase()
  db = connect(database.url)
})
afterAll(async () => {
  await db.$client.end()
  await database.drop()
  await api.stop()
})
beforeEach(() => {
  api.behaviour = 'normal'
  api.received.length = 0
})

const sender = (changes: Partial<SmsSender> = {}): SmsSender => ({
  db,
  provider: twilioSms({
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    from: '+15005550006',
    publicUrl: 'https://mail.yunling.example',
    apiUrl: api.url,
    timeout: 200,
  }),
  countries: ['CN'],
  prices: { CN: 45_000 },
  ...changes,
})

async function read(id: string) {
  const [row] = await db.execute(sql`
    select state, error, attempts, provider_id, body_cipher is null as erased from sms_messages where id = ${id}`)
  return row
}

describe('a message that Twilio takes', () => {
  test('T23 is sent once and its text erased', async () => {
    const id = await enqueueSms(db, message)
    await sendSms(sender(), id)
    await sendSms(sender(), id)
    expect(api.received).toHaveLength(1)
    expect(api.received[0]?.params).toMatchObject({ To: phone, Body: message.body })
    expect(await read(id)).toEqual({
      state: 'sending',
      error: null,
      attempts: 1,
      provider_id: api.received[0]?.sid,
      erased: true,
    })
  })

  test('F12 is sent once by twenty runs at the same time', async () => {
    const id = await enqueueSms(db, message)
    await Promise.all(Array.from({ length: 20 }, () => sendSms(sender(), id)))
    expect(api.received).toHaveLength(1)
    expect(await read(id)).toMatchObject({
      state: 'sending',
      provider_id: api.received[0]?.sid,
      erased: true,
    })
  })

  test('F9 keeps what a report said before the answer came', async () => {
    const id = await enqueueSms(db, message)
    const overtaken: SmsProvider = {
      async send() {
        await recordStatus(db, { messageId: id, providerId: 'SM9', state: 'delivered', reason: null })
        return { providerId: 'SM9', state: 'sending' }
      },
    }
    await sendSms(sender({ provider: overtaken }), id)
    expect(await read(id)).toMatchObject({ state: 'delivered', provider_id: 'SM9' })
  })
})

describe('F8 a message of unknown fate is not sent again', () => {
  test.each([500, 'hang'] as const)('when the provider answers: %s', async (behaviour) => {
    const id = await enqueueSms(db, message)
    api.behaviour = behaviour
    await sendSms(sender(), id)
    expect(await read(id)).toMatchObject({ state: 'unknown', erased: true })
    const before = api.received.length
    api.behaviour = 'normal'
    await sendSms(sender(), id)
    expect(api.received).toHaveLength(before)
    expect(await read(id)).toMatchObject({ state: 'unknown', attempts: 1 })
  })

  test('when the worker died while sending', async () => {
    const id = await enqueueSms(db, message)
    await db.execute(sql`update sms_messages set state = 'sending', rank = 1 where id = ${id}`)
    await sendSms(sender(), id)
    expect(api.received).toEqual([])
    expect(await read(id)).toMatchObject({ state: 'unknown', erased: true })
  })

  test('but a later report tells what became of it', async () => {
    const id = await enqueueSms(db, message)
    api.behaviour = 'hang'
    await sendSms(sender(), id)
    const providerId = api.received[0]?.sid as string
    await recordStatus(db, { messageId: id, providerId, state: 'delivered', reason: null })
    expect(await read(id)).toMatchObject({ state: 'delivered', provider_id: providerId })
  })
})

describe('a message that was certainly not sent', () => {
  test('F8 is put back, and goes out at the next run', async () => {
    const id = await enqueueSms(db, message)
    api.behaviour = 429
    await expect(sendSms(sender(), id)).rejects.toMatchObject({ name: 'SmsError', kind: 'unavailable' })
    expect(await read(id)).toMatchObject({ state: 'queued', erased: false })
    api.behaviour = 'normal'
    await sendSms(sender(), id)
    expect(api.received[0]?.params.Body).toBe(message.body)
    expect(await read(id)).toMatchObject({ state: 'sending', attempts: 2, erased: true })
  })

  test('T23 is given up after six tries, and its text erased', async () => {
    const id = await enqueueSms(db, message)
    api.behaviour = 429
    for (let run = 1; run < 6; run++) await expect(sendSms(sender(), id)).rejects.toBeInstanceOf(SmsError)
    await sendSms(sender(), id)
    expect(await read(id)).toMatchObject({ state: 'failed', error: 'unavailable', attempts: 6, erased: true })
  })

  test('what is thrown for the worker to keep holds nothing of the provider', async () => {
    const id = await enqueueSms(db, message)
    api.behaviour = 429
    const thrown = await sendSms(sender(), id).catch((error: unknown) => error)
    expect(thrown).toMatchObject({ message: 'unavailable', cause: undefined })
  })

  test('T23 is failed with the reason when it was refused', async () => {
    const id = await enqueueSms(db, { ...message, phone: NUMBERS.unsubscribed })
    await sendSms(sender(), id)
    expect(await read(id)).toMatchObject({ state: 'failed', error: 'blocked', erased: true })
  })

  test('T8 goes to no country that the site has not listed', async () => {
    const id = await enqueueSms(db, { ...message, phone: '+85251234567' })
    await sendSms(sender(), id)
    expect(api.received).toEqual([])
    expect(await read(id)).toMatchObject({ state: 'failed', error: 'region_not_allowed', erased: true })
  })

  test('F11 a code is not sent after its 5 minutes, another text is', async () => {
    const code = await enqueueSms(db, { ...message, purpose: 'code' })
    const other = await enqueueSms(db, message)
    await db.execute(sql`update sms_messages set created_at = now() - interval '5 minutes 1 second' where id in (${code}, ${other})`)
    await sendSms(sender(), code)
    await sendSms(sender(), other)
    expect(api.received).toHaveLength(1)
    expect(await read(code)).toMatchObject({ state: 'failed', error: 'expired', erased: true })
    expect(await read(other)).toMatchObject({ state: 'sending' })
  })

  test('does not open in another row', async () => {
    const [id, other] = [await enqueueSms(db, message), await enqueueSms(db, message)]
    await db.execute(sql`
      update sms_messages set phone_cipher = (select phone_cipher from sms_messages where id = ${other}) where id = ${id}`)
    await expect(sendSms(sender(), id)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(api.received).toEqual([])
  })
})

test('T23 what a crash left behind is settled and its text erased', async () => {
  const [sending, queued, fresh] = [await enqueueSms(db, message), await enqueueSms(db, message), await enqueueSms(db, message)]
  await db.execute(
    sql`update sms_messages set state = 'sending', rank = 1, updated_at = now() - interval '6 minutes' where id = ${sending}`,
  )
  await db.execute(sql`update sms_messages set created_at = now() - interval '25 hours' where id = ${queued}`)
  await settleAbandonedSms(db)
  expect(await read(sending)).toMatchObject({ state: 'unknown', erased: true })
  expect(await read(queued)).toMatchObject({ state: 'failed', error: 'expired', erased: true })
  expect(await read(fresh)).toMatchObject({ state: 'queued', erased: false })
})

test('a transaction that is rolled back leaves neither message nor job', async () => {
  let id = ''
  const work = db.transaction(async (tx) => {
    id = await enqueueSms(tx, message)
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(await read(id)).toBeUndefined()
  expect(await everythingStored()).not.toContain(id)
})

test('T23 neither number nor text stands in the database in the clear, before or after sending', async () => {
  const id = await enqueueSms(db, message)
  await expectNoTrace()
  await sendSms(sender(), id)
  await expectNoTrace()
})

test('the demo phone shows a message once', async () => {
  const id = await enqueueSms(db, message)
  const outbox = sender({ provider: outboxSms(db) })
  await sendSms(outbox, id)
  await sendSms(outbox, id)
  expect(await read(id)).toMatchObject({ state: 'delivered', erased: true })
  const shown = await db.execute(sql`select to_number, body from demo_phone_messages where id = ${id}`)
  expect([...shown]).toEqual([{ to_number: phone, body: message.body }])
  await db.execute(sql`delete from demo_phone_messages`)
})

async function expectNoTrace(): Promise<void> {
  const stored = await everythingStored()
  expect(stored).toContain('lin@yunling.example')
  for (const text of [secret, phone.slice(1)]) {
    expect(stored).not.toContain(text)
    expect(stored).not.toContain(Buffer.from(text).toString('hex'))
  }
}

async function everythingStored(): Promise<string> {
  const owner = connect(database.ownerUrl, { max: 1 })
  try {
    const tables = await owner.execute<{ name: string }>(sql`
      select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')`)
    const dumps = tables.map(({ name }) => owner.execute(sql.raw(`select t::text as row from ${name} t`)))
    return JSON.stringify((await Promise.all(dumps)).map((rows) => [...rows]))
  } finally {
    await owner.$client.end()
  }
}
