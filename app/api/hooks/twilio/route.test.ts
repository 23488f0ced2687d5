import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import { ACCOUNT_SID, AUTH_TOKEN, type Received, signedRequest, statusReport } from '#lib/platform/sms/testing/mock-twilio.ts'

const publicUrl = 'https://mail.yunling.example'
const settings = {
  DEMO: '0',
  PUBLIC_URL: publicUrl,
  SMS: 'twilio',
  TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  TWILIO_FROM: '+15005550006',
}

let database: TestDatabase
let db: Database
let POST: (request: Request) => Promise<Response>
beforeAll(async () => {
  database = await createTestDatabase()
  db = connect(database.url)
  POST = await routeWith({ ...settings, DATABASE_URL: database.url })
})
afterAll(async () => {
  const { resources } = await import('#lib/platform/context.ts')
  await resources().db.$client.end()
  await db.$client.end()
  await database.drop()
  vi.unstubAllEnvs()
})

async function routeWith(environment: Record<string, string>) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  vi.resetModules()
  return (await import('./route.ts')).POST
}

let id: string
let message: Received
beforeEach(async () => {
  const [row] = await db.execute<{ id: string }>(sql`
    insert into sms_messages (mailbox, purpose, phone_cipher, state, rank, provider_id)
    values ('lin@yunling.example', 'code', '\\x00', 'sending', 1, ${`SM${'a'.repeat(32)}`}) returning id`)
  id = row?.id as string
  message = { sid: `SM${'a'.repeat(32)}`, params: { To: '+8613800138000', From: '+15005550006' } }
})

const callback = (of = id, origin = publicUrl) => `${origin}/api/hooks/twilio?message=${of}`
const stateOf = async () => (await db.execute(sql`select state, error from sms_messages where id = ${id}`))[0]

describe('T14 a report that Twilio signed', () => {
  test('moves the message forward', async () => {
    const response = await POST(new Request(callback(), signedRequest(callback(), statusReport(message, 'sent'))))
    expect(response.status).toBe(204)
    expect(await stateOf()).toEqual({ state: 'sent', error: null })
  })

  test('carries the reason of a failure', async () => {
    const report = statusReport(message, 'undelivered', { ErrorCode: '30003' })
    await POST(new Request(callback(), signedRequest(callback(), report)))
    expect(await stateOf()).toEqual({ state: 'undelivered', error: 'unreachable' })
  })

  test('replayed and shuffled ends in one state', async () => {
    for (const status of ['delivered', 'queued', 'sent', 'delivered', 'failed', 'sending']) {
      const request = signedRequest(callback(), statusReport(message, status))
      expect((await POST(new Request(callback(), request))).status).toBe(204)
    }
    expect(await stateOf()).toEqual({ state: 'delivered', error: null })
  })

  test('about anything but delivery changes nothing', async () => {
    const response = await POST(new Request(callback(), signedRequest(callback(), statusReport(message, 'received'))))
    expect(response.status).toBe(204)
    expect(await stateOf()).toEqual({ state: 'sending', error: null })
  })

  test('T7 is recognised by the configured address, whatever host the request names', async () => {
    const signed = signedRequest(callback(), statusReport(message, 'sent'))
    const seen = new Request(callback(id, 'http://127.0.0.1:3000'), {
      ...signed,
      headers: { ...(signed.headers as Record<string, string>), 'x-forwarded-host': 'evil.example' },
    })
    expect((await POST(seen)).status).toBe(204)
  })
})

describe('T14 a report that Twilio did not sign is refused and changes nothing', () => {
  const tampered: [string, (signed: RequestInit) => RequestInit][] = [
    ['a changed status', (signed) => ({ ...signed, body: String(signed.body).replace(/=sent/g, '=delivered') })],
    ['a parameter more', (signed) => ({ ...signed, body: `${signed.body}&ErrorCode=30003` })],
    ['a parameter less', (signed) => ({ ...signed, body: String(signed.body).replace(/&To=[^&]*/, '') })],
    ['a parameter twice', (signed) => ({ ...signed, body: `${signed.body}&MessageStatus=delivered` })],
    ['an empty body', (signed) => ({ ...signed, body: '' })],
    ['no signature', ({ body }) => ({ method: 'POST', body })],
    ['an empty signature', ({ body }) => ({ method: 'POST', body, headers: { 'x-twilio-signature': '' } })],
  ]
  test.each(tampered)('%s', async (_, tamper) => {
    const signed = signedRequest(callback(), statusReport(message, 'sent'))
    expect((await POST(new Request(callback(), tamper(signed)))).status).toBe(403)
    expect(await stateOf()).toEqual({ state: 'sending', error: null })
  })

  test('a signature with another token', async () => {
    const signed = signedRequest(callback(), statusReport(message, 'sent'), 'another')
    expect((await POST(new Request(callback(), signed))).status).toBe(403)
  })

  test('T7 a signature over the host that the request names', async () => {
    const url = callback(id, 'https://evil.example')
    expect((await POST(new Request(url, signedRequest(url, statusReport(message, 'sent'))))).status).toBe(403)
  })

  test('a report on another message', async () => {
    const other = '5a4c3f0e-7d0b-4c3e-9a57-2f6f0f9b8c11'
    const signed = signedRequest(callback(other), statusReport(message, 'sent'))
    expect((await POST(new Request(callback(), signed))).status).toBe(403)
  })

  test.each(['', '?message=', '?message=1%27%20or%20true', `?message[]=1`])('no message: %j', async (search) => {
    const url = `${publicUrl}/api/hooks/twilio${search}`
    expect((await POST(new Request(url, signedRequest(url, statusReport(message, 'sent'))))).status).toBe(403)
  })

  test('another account', async () => {
    const report = statusReport(message, 'sent', { AccountSid: `AC${'0'.repeat(32)}` })
    expect((await POST(new Request(callback(), signedRequest(callback(), report)))).status).toBe(403)
    expect(await stateOf()).toEqual({ state: 'sending', error: null })
  })
})

test('a report of any length is not read', async () => {
  const report = statusReport(message, 'sent', { Padding: 'x'.repeat(20_000) })
  expect((await POST(new Request(callback(), signedRequest(callback(), report)))).status).toBe(413)
  expect(await stateOf()).toEqual({ state: 'sending', error: null })
})

test('there is no such page where Twilio is not the provider', async () => {
  const post = await routeWith({ SMS: 'outbox', DEMO: '1', PUBLIC_URL: 'http://localhost:3000' })
  const signed = signedRequest(callback(), statusReport(message, 'sent'))
  expect((await post(new Request(callback(), signed))).status).toBe(404)
})
