import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import { randomToken } from '#lib/platform/crypto.ts'
import { insertLinks } from '#lib/platform/link-tokens.ts'
import { captureLog } from '#lib/platform/testing/log.ts'

const lin = 'lin@yunling.example'
const publicUrl = 'https://mail.yunling.example'

captureLog()
let database: TestDatabase
let db: Database
let owner: Database
let route: typeof import('./route.ts')
beforeAll(async () => {
  database = await createTestDatabase()
  db = connect(database.url)
  owner = connect(database.ownerUrl, { max: 1 })
  const settings = { DEMO: '1', DATABASE_URL: database.url, PUBLIC_URL: 'http://127.0.0.1:3000' }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  vi.resetModules()
  route = await import('./route.ts')
})
afterAll(async () => {
  const { resources } = await import('#lib/platform/context.ts')
  await resources().db.$client.end()
  await Promise.all([db.$client.end(), owner.$client.end()])
  await database.drop()
  vi.unstubAllEnvs()
})

let token: string
beforeEach(async () => {
  token = randomToken()
  await owner.$client`truncate link_tokens, digest_settings, rate_hits`
  await insertLinks(db, [{ token, purpose: 'digest.unsubscribe', mailbox: lin }], '60 days')
})

const ONE_CLICK = 'List-Unsubscribe=One-Click'
const FORM = 'application/x-www-form-urlencoded'
const post = (body: BodyInit, { type, of = token }: { type?: string; of?: string } = {}) => {
  const request = new Request(`${publicUrl}/api/hooks/unsubscribe/${of}`, {
    method: 'POST',
    body,
    ...(type ? { headers: { 'content-type': type } } : {}),
  })
  return route.POST(request, { params: Promise.resolve({ token: of }) })
}
const stopped = async () => (await db.$client`select frequency from digest_settings where mailbox = ${lin}`).map((row) => row.frequency)

test('one click of a mail provider stops digests: no origin, no cookie, no redirect, and again the same answer', async () => {
  for (let time = 0; time < 3; time++) {
    const { status, headers } = await post(ONE_CLICK, { type: FORM })
    expect({ status, cookie: headers.get('set-cookie'), location: headers.get('location') }).toEqual({
      status: 204,
      cookie: null,
      location: null,
    })
    expect(await stopped()).toEqual(['never'])
  }
  const rows =
    await db.$client`select mailbox, actor_kind, outcome from audit_log where operation = 'digest.unsubscribe' and phase = 'outcome' order by seq limit 1`
  expect({ ...rows[0] }).toEqual({ mailbox: lin, actor_kind: 'anonymous', outcome: 'done' })
})

test('the form may come in parts as well', async () => {
  const form = new FormData()
  form.set('List-Unsubscribe', 'One-Click')
  expect((await post(form)).status).toBe(204)
  expect(await stopped()).toEqual(['never'])
})

test.each([
  ['an empty body', '', FORM],
  ['another form', 'unsubscribe=yes', FORM],
  ['JSON', '{"List-Unsubscribe":"One-Click"}', 'application/json'],
  ['no form at all', ONE_CLICK, 'text/plain'],
  ['a long form', `${ONE_CLICK}&x=${'x'.repeat(5_000)}`, FORM],
])('%s stops nothing', async (_, body, type) => {
  expect((await post(body, { type })).status).toBe(400)
  expect(await stopped()).toEqual([])
})

test('a token that is none, or never ours, stops nothing', async () => {
  expect((await post(ONE_CLICK, { type: FORM, of: randomToken() })).status).toBe(404)
  expect((await post(ONE_CLICK, { type: FORM, of: 'x' })).status).toBe(400)
  expect(await stopped()).toEqual([])
})

test('T39 opened a thousand times it stops nothing, and leads to the page that asks', async () => {
  for (let time = 0; time < 1_000; time++) {
    const { status, headers } = await route.GET(new Request(publicUrl), { params: Promise.resolve({ token }) })
    expect([status, headers.get('location')]).toEqual([303, `http://127.0.0.1:3000/link/${token}`])
  }
  expect(await stopped()).toEqual([])
})

test('whoever tries tokens is slowed down by their address', async () => {
  const tries = Array.from({ length: 70 }, () => post(ONE_CLICK, { type: FORM, of: randomToken() }))
  const statuses = (await Promise.all(tries)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 404)).toHaveLength(60)
  expect(statuses.filter((status) => status === 429)).toHaveLength(10)
})
