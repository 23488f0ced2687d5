import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import { listRequestsOperation, showRequestOperation, takeRequestOperation } from '#lib/features/requests/operations.ts'
import { fileRequest } from '#lib/platform/staff-requests.ts'
import { everyCell, placesOf } from '#lib/platform/testing/dump.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { type Api, apiOf } from '#lib/platform/testing/rest.ts'
import { createTokenOperation, listTokensOperation, revokeTokenOperation } from './operations.ts'

let house: House
let admin: Person
let api: Api
beforeAll(async () => {
  house = await testHouse()
  admin = await house.person('sun.qiang', { groups: ['mail-admins'] })
  api = apiOf(OPERATIONS, house)
})
beforeEach(async () => {
  await house.forgetLimits()
  await house.owner`delete from api_keys`
})

const create = (input: object = {}, by = admin, on = {}) =>
  by.call(createTokenOperation, { name: 'ServiceDesk', scopes: ['requests.read'], days: 90, ...input }, on)
const list = async () => done(await admin.call(listTokensOperation)).tokens
const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } })

describe('A token', () => {
  test('opens what its scopes say, and the list tells when and from where it was used', async () => {
    const { secret } = done(await create({ scopes: ['figures'] }))
    expect(await list()).toMatchObject([{ name: 'ServiceDesk', scopes: ['figures'], owner: admin.mailbox, expired: false, lastUsed: null }])
    expect((await api.send('GET', '/figures', bearer(secret))).status).toBe(200)
    expect((await api.send('GET', '/requests', bearer(secret))).status).toBe(403)
    expect((await api.send('GET', '/tokens', bearer(secret))).status).toBe(403)
    expect((await list())[0]?.lastUsed).toEqual({ at: expect.any(Date), ip: '10.21.4.18' })
  })

  test('T23 is shown once and stored as a hash', async () => {
    const { secret } = done(await create())
    expect(secret).toMatch(/^phk_[\w-]{43}$/)
    expect(placesOf(await everyCell(house.owner), secret)).toEqual([])
    expect(JSON.stringify(await list())).not.toContain(secret.slice(4))
  })

  test('that is revoked or has expired opens nothing at the next call', async () => {
    const revoked = done(await create())
    const expired = done(await create({ name: 'For a day', days: 1 }))
    done(await admin.call(revokeTokenOperation, { id: revoked.id }))
    expect((await api.send('GET', '/requests', bearer(revoked.secret))).status).toBe(401)
    expect((await api.send('GET', '/requests', bearer(expired.secret))).status).toBe(200)
    await house.owner`update api_keys set expires_at = now() where id = ${expired.id}`
    expect((await api.send('GET', '/requests', bearer(expired.secret))).status).toBe(401)
    expect((await list()).map(({ name, expired }) => [name, expired])).toEqual([['For a day', true]])
    expect(codeOf(await admin.call(revokeTokenOperation, { id: revoked.id }))).toBe('not_found')
  })

  test('is told of by mail to whoever made it', async () => {
    done(await create())
    await house.work()
    const letters = await lettersTo(house, admin.mailbox)
    expect(letters.at(-1)?.subject).toBe('API token “ServiceDesk” was made')
    expect(letters.at(-1)?.text).toContain('/desk/tokens')
  })

  test('T47 is written down with its name and scopes, when made and when revoked', async () => {
    const { id } = done(await create())
    done(await admin.call(revokeTokenOperation, { id }))
    const rows = await house.owner`
      select operation, detail::json from audit_log where operation like 'tokens.%' and phase = 'outcome' order by seq desc limit 2`
    expect(rows).toEqual([
      { operation: 'tokens.revoke', detail: { id, name: 'ServiceDesk' } },
      { operation: 'tokens.create', detail: { name: 'ServiceDesk', scopes: ['requests.read'], days: 90 } },
    ])
  })
})

describe('The name of a token', () => {
  test('is given once, even when the token that had it is gone', async () => {
    const { id } = done(await create())
    done(await admin.call(revokeTokenOperation, { id }))
    expect(codeOf(await create({ name: 'servicedesk' }))).toBe('token_name_taken')
  })

  test.each(['chen.jing@yunling.example', 'a\u202eb', ' x ', '<b>desk</b>', 'x'.repeat(41), '—desk'])('is not %j', async (name) => {
    expect(await create({ name })).toMatchObject({ code: 'invalid_input', fields: ['name'] })
  })

  test.each(['工单系统', 'Desk (2026)', 'Ｄesk'])('may be %j', async (name) => {
    expect(done(await create({ name })).name).toBe(name.normalize('NFKC'))
  })
})

test.each([
  [{ scopes: [] }, 'scopes'],
  [{ scopes: ['everything'] }, 'scopes.0'],
  [{ days: 366 }, 'days'],
  [{ days: 0 }, 'days'],
])('%j is refused', async (input, field) => {
  expect(await create(input)).toMatchObject({ code: 'invalid_input', fields: [field] })
})

test('At most fifty tokens live, however many are made at once', async () => {
  await house.owner`
    insert into api_keys (name, owner, key_hash, scopes, expires_at)
    select 'old ' || n, '', sha256(n::text::bytea), '{}', now() + interval '1 day' from generate_series(1, 49) n`
  const made = await Promise.all(['a1', 'b1', 'c1', 'd1'].map((name, at) => create({ name }, admin, at % 2 ? { on: house.second() } : {})))
  expect(made.map(codeOf).sort()).toEqual(['done', 'token_limit', 'token_limit', 'token_limit'])
})

describe('A system at the queue', () => {
  const scopes = ['requests.read', 'requests.work']
  const post = (path: string, secret: string, body: object = {}, headers = {}) =>
    api.send('POST', path, { headers: { ...bearer(secret).headers, ...headers }, body: JSON.stringify(body) })

  test('finds a request masked, takes it under its name, and writes to staff', async () => {
    const lin = await house.person('lin')
    const agent = await house.person('chen.jing', { groups: ['helpdesk'] })
    const id = await fileRequest(house.db, { mailbox: lin.mailbox, kind: 'message', about: { message: 'x' }, words: 'my words' })
    const { secret } = done(await create({ scopes }))
    const text = await (await api.send('GET', '/requests', bearer(secret))).text()
    expect(text).not.toContain(lin.mailbox)
    const { account } = JSON.parse(text).requests[0]
    const path = `/accounts/${account}/requests/${id}`
    expect((await api.send('GET', path, bearer(secret))).status).toBe(200)
    expect((await post(`${path}/take`, secret)).status).toBe(200)
    const once = { 'idempotency-key': 'ticket-1' }
    expect((await post(`${path}/comments`, secret, { words: 'INC-7 opened' }, once)).status).toBe(200)
    expect((await post(`${path}/comments`, secret, { words: 'INC-7 opened' }, once)).status).toBe(409)
    expect((await post(`${path}/decision`, secret, { decision: 'refuse', words: 'as was asked' })).status).toBe(403)
    const shown = done(await agent.call(showRequestOperation, { mailbox: lin.mailbox, id }))
    const system = { address: 'ServiceDesk', name: 'ServiceDesk', self: false }
    expect(shown).toMatchObject({ state: 'taken', takenBy: system, written: [{ by: system, words: 'INC-7 opened' }] })
    const [row] =
      await house.owner`select actor_kind, actor_id, mailbox from audit_log where operation = 'requests.comment' order by seq desc limit 1`
    expect(row).toEqual({ actor_kind: 'apiKey', actor_id: 'ServiceDesk', mailbox: lin.mailbox })
  })

  test('T45 names an account by a reference that is of no use to another', async () => {
    const wang = await house.person('wang')
    const agent = await house.person('zhou.min', { groups: ['helpdesk'] })
    const id = await fileRequest(house.db, { mailbox: wang.mailbox, kind: 'message', about: { message: 'x' }, words: 'my words' })
    const [one, other] = [done(await create({ scopes })), done(await create({ name: 'Another', scopes }))]
    const { requests } = await (await api.send('GET', '/requests', bearer(one.secret))).json()
    const { account } = requests.find((request: { id: string }) => request.id === id)
    expect((await api.send('GET', `/accounts/${account}/requests/${id}`, bearer(other.secret))).status).toBe(400)
    expect(codeOf(await agent.call(takeRequestOperation, { mailbox: account, id }))).toBe('invalid_input')
    expect(done(await agent.call(listRequestsOperation)).requests.some((request) => request.account === account)).toBe(false)
  })

  test('T45 sees no request of a colleague of the staff', async () => {
    const boss = await house.person('wang.lei', { groups: ['helpdesk-leads'] })
    const id = await fileRequest(house.db, { mailbox: boss.mailbox, kind: 'message', about: { message: 'x' }, words: 'my words' })
    const { secret } = done(await create({ scopes }))
    expect((await api.send('GET', `/accounts/${encodeURIComponent(boss.mailbox)}/requests/${id}`, bearer(secret))).status).toBe(403)
  })
})
