import PostalMime from 'postal-mime'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import { env } from '../env.ts'
import { ERRORS } from '../errors.ts'
import { bindPhone } from '../testing/bind-phone.ts'
import { type House, type Person, testHouse } from '../testing/house.ts'
import { type Api, apiOf } from '../testing/rest.ts'
import { codeTo } from '../testing/texts.ts'

let house: House
let lin: Person
let api: Api
let own: { cookie: string; origin: string }
beforeAll(async () => {
  house = await testHouse()
  lin = await house.person('lin')
  api = apiOf(OPERATIONS, house)
  own = await api.signedIn(lin)
})
beforeEach(() => house.forgetLimits())

const get = (path: string, headers: Record<string, string> = own) => api.send('GET', path, { headers })
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  api.send('POST', path, { headers: { ...own, ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) })

describe('An answer', () => {
  test('is JSON that no cache keeps', async () => {
    const response = await get('/mailboxes/me/phone')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.json()).toEqual({ bound: null, flow: null, coolingHours: 72 })
  })

  test('of a change carries its reference', async () => {
    const response = await api.send('DELETE', '/mailboxes/me/app-passwords', { headers: own })
    expect(await response.json()).toEqual({ revoked: 0 })
    const reference = response.headers.get('x-reference')
    expect(await house.owner`select from audit_log where reference = ${reference}`).toHaveLength(2)
  })

  test('is the same for me and for one’s own address, in any case', async () => {
    const answers = await Promise.all(
      ['me', lin.mailbox, lin.mailbox.toUpperCase(), encodeURIComponent(lin.mailbox)].map(async (mailbox) =>
        (await get(`/mailboxes/${mailbox}/app-passwords`)).text(),
      ),
    )
    expect(new Set(answers).size).toBe(1)
  })
})

describe('A problem (RFC 9457)', () => {
  test('has type, title, status, code and the reference to quote', async () => {
    const response = await post('/mailboxes/me/app-passwords/switch', { on: true })
    expect(response.status).toBe(409)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-language')).toBe('en')
    expect(await response.json()).toEqual({
      type: 'urn:posthouse:error:phone_required',
      title: 'phone_required',
      status: 409,
      code: 'phone_required',
      reference: expect.stringMatching(/^ph_/),
    })
  })

  test('names wrong fields', async () => {
    const response = await post('/mailboxes/me/app-passwords', { name: '', days: 31, protocols: [] })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid_input', fields: expect.arrayContaining(['name', 'days', 'protocols']) })
  })

  test('of too many calls says when to come back', async () => {
    await house.owner`insert into rate_hits (key) select ${`operation:app-passwords.revoke-all:user:${lin.mailbox}`} from generate_series(1, 60)`
    const response = await api.send('DELETE', '/mailboxes/me/app-passwords', { headers: own })
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await response.json()).retryAfter).toBe(Number(response.headers.get('retry-after')))
  })

  test('of a missing session says how to sign in', async () => {
    const response = await get('/mailboxes/me/phone', {})
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
  })

  test.each([
    ['GET', '/nothing', 404],
    ['GET', '/', 404],
    ['GET', '/mailboxes/me', 404],
    ['PUT', '/mailboxes/me/phone', 405],
    ['DELETE', '/mailboxes/me/phone', 405],
    ['GET', '/mailboxes/%zz/phone', 400],
    ['GET', '/mailboxes/%00/phone', 400],
  ])('%s %s is %i', async (method, path, status) => {
    const response = await api.send(method, path, { headers: own })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  test.each(['{', '[]', '"x"', '7', 'null', '{"on":true}x', '\u0000'])('T6 a body of %j is refused', async (body) => {
    const response = await post('/mailboxes/me/app-passwords/switch', body)
    expect(response.status).toBe(400)
  })

  test('F10 a body of more than a megabyte is not read to its end', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(100_000).fill(0x20))
      },
    })
    const response = await api.send('POST', '/mailboxes/me/phone/codes', { headers: own, body })
    expect(response.status).toBe(413)
    expect(pulled).toBeLessThan(30)
  })

  test('F10 a body of up to seven megabytes is read where an operation says so, and the limit is told', async () => {
    const content = Buffer.alloc(3_000_000, 'x').toString('base64')
    expect((await post('/mailboxes/me/contact-files', { name: 'friends.csv', content })).status).toBe(200)
    const large = await post('/mailboxes/me/contact-files', { name: 'friends.csv', content: 'x'.repeat(7_000_001) })
    expect(await large.json()).toMatchObject({ code: 'too_large', values: { most: 7 } })
  })

  test('has a status of its own for every code', () => {
    for (const status of Object.values(ERRORS)) expect(status).toBeGreaterThanOrEqual(400)
  })
})

describe('A path decides', () => {
  test('T34 the mailbox: neither body nor query can name another', async () => {
    await house.person('wang')
    const response = await post('/mailboxes/me/app-passwords/switch', { on: false, mailbox: 'wang@yunling.example' })
    expect(response.status).toBe(200)
    const [row] = await house.owner`select mailbox from audit_log where operation = 'app-passwords.switch' order by seq desc limit 1`
    expect(row?.mailbox).toBe(lin.mailbox)
    expect((await get('/mailboxes/wang%40yunling.example/phone?mailbox=me')).status).toBe(403)
    expect((await get(`/mailboxes/me/phone?mailbox=wang%40yunling.example`)).status).toBe(200)
  })
})

test('T7 links are made of PUBLIC_URL, whatever host the request names', async () => {
  await bindPhone(house, lin.mailbox, '+8613800138000')
  const forged = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'gopher',
    forwarded: 'host=evil.example',
    'x-original-host': 'evil.example',
  }
  const started = await post('/mailboxes/me/phone/codes', { number: '+8613900139000' }, forged)
  const { id } = (await started.json()) as { id: string }
  const texts = await house.texts(lin.mailbox)
  const codes = { code: codeTo(texts, '+8613900139000'), oldCode: codeTo(texts, '+8613800138000') }
  const changed = await post('/mailboxes/me/phone', { flow: id, ...codes }, forged)
  expect(changed.status).toBe(200)
  await house.work()
  const texted = await house.owner`select body from demo_phone_messages`
  const mails = await house.owner`select raw from mailbox_messages`
  const mailed = await Promise.all(mails.map(({ raw }) => PostalMime.parse(raw)))
  const sent = [...texted.map(({ body }) => body as string), ...mailed.flatMap(({ text, html }) => [text ?? '', html ?? ''])]
  const urls = sent.flatMap((text) => text.match(/[a-z]+:\/\/[^/\s"]+/g) ?? [])
  expect(urls.length).toBeGreaterThan(2)
  expect(new Set(urls)).toEqual(new Set([env().PUBLIC_URL]))
})

test('An idempotency key makes a replay a conflict', async () => {
  const [key, body] = [{ 'idempotency-key': crypto.randomUUID() }, { on: false }]
  expect((await post('/mailboxes/me/app-passwords/switch', body, key)).status).toBe(200)
  expect((await post('/mailboxes/me/app-passwords/switch', body, key)).status).toBe(409)
})
