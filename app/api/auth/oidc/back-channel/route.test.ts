import { sql } from 'drizzle-orm'
import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BACK_CHANNEL, oidcServer, type TokenChanges } from '#lib/platform/sso/testing/oidc-server.ts'
import { PUBLIC_URL, sessionsOf, testPortal } from '#lib/platform/sso/testing/portal.ts'
import { sessionFor } from '../../complete.ts'
import { POST } from './route.ts'

let oidc: Awaited<ReturnType<typeof oidcServer>>
let portal: Awaited<ReturnType<typeof testPortal>>
beforeAll(async () => {
  oidc = await oidcServer(POST)
  portal = await testPortal('oidc', oidc.settings)
})
afterAll(async () => {
  await oidc.stop()
  await portal.end()
})

const signIn = (sub: string, idpSession: string | null) =>
  sessionFor(new Request(PUBLIC_URL), {
    ...{ iss: oidc.issuer, sub, mailbox: `${sub}@yunling.example`, name: sub, groups: [] },
    ...{ authTime: null, idpSession, logoutHint: null },
  })
const post = (logout_token: string) => POST(new Request(BACK_CHANNEL, { method: 'POST', body: new URLSearchParams({ logout_token }) }))
const live = async (sub = 'lin') =>
  (await sessionsOf(portal.db, `${sub}@yunling.example`)).filter((session) => session.live).map(({ idp_session }) => idp_session)

let sid = ''
beforeEach(async () => {
  await portal.db.execute(sql`delete from rate_hits`)
  for (const name of ['lin', 'wang']) await post(await oidc.token({ claims: { sub: name, sid: undefined } }))
  sid = crypto.randomUUID()
  await signIn('lin', sid)
  await signIn('lin', 'other')
  await signIn('wang', 'of wang')
})

describe('the provider ends', () => {
  test('one session, by the token of a real provider', async () => {
    await oidc.endSession('lin', sid)
    expect(oidc.delivered.at(-1)?.status).toBe(200)
    expect(oidc.delivered.at(-1)?.headers.get('cache-control')).toBe('no-store')
    expect([await live('lin'), await live('wang')]).toEqual([['other'], ['of wang']])
  })

  test('all sessions of a person, when the token names none', async () => {
    expect((await post(await oidc.token({ claims: { sid: undefined } }))).status).toBe(200)
    expect([await live('lin'), await live('wang')]).toEqual([[], ['of wang']])
  })

  test('nothing, when the session is of another provider', async () => {
    await sessionFor(new Request(PUBLIC_URL), {
      ...{ iss: 'https://other.example', sub: 'wang', mailbox: 'wang@yunling.example', name: 'W', groups: [] },
      ...{ authTime: null, idpSession: sid, logoutHint: null },
    })
    await post(await oidc.token({ claims: { sid } }))
    expect(await live('wang')).toEqual([sid, 'of wang'])
  })
})

describe('a logout token is refused', () => {
  const changes: [string, () => TokenChanges | Promise<TokenChanges>][] = [
    ['signed with a key of somebody else', async () => ({ key: (await generateKeyPair('RS256')).privateKey as CryptoKey })],
    ['signed with the secret that we share', () => ({ header: { alg: 'HS256' }, key: new TextEncoder().encode('a secret of the test') })],
    ['with a key that the provider does not name', () => ({ header: { kid: 'k2' } })],
    ['of another issuer', () => ({ claims: { iss: 'https://other.example' } })],
    ['for another client', () => ({ claims: { aud: 'webmail' } })],
    ['without an audience', () => ({ claims: { aud: undefined } })],
    ['that is over', () => ({ expires: -60 })],
    ['without an end', () => ({ claims: { exp: undefined } })],
    ['made long ago', () => ({ issuedAt: -400 })],
    ['made in the future', () => ({ issuedAt: 400 })],
    ['without the time it was made', () => ({ claims: { iat: undefined } })],
    ['with a nonce, like an ID token', () => ({ claims: { nonce: 'n' } })],
    ['that is an ID token', () => ({ claims: { events: undefined } })],
    ['of another event', () => ({ claims: { events: { 'http://schemas.openid.net/event/other': {} } } })],
    ['of another type', () => ({ header: { typ: 'at+jwt' } })],
    ['without an id', () => ({ claims: { jti: undefined } })],
    ['that names neither person nor session', () => ({ claims: { sub: undefined, sid: undefined } })],
  ]
  test.each(changes)('%s', async (_, change) => {
    const { claims, ...rest } = await change()
    const response = await post(await oidc.token({ ...rest, claims: { sid, ...claims } }))
    expect([response.status, await live()]).toEqual([400, ['other', sid]])
    expect(await response.json()).toMatchObject({ error: 'invalid_request' })
  })

  test('that has been used', async () => {
    const token = await oidc.token({ claims: { sid: undefined } })
    expect((await post(token)).status).toBe(200)
    await signIn('lin', 'later')
    expect([(await post(token)).status, await live()]).toEqual([400, ['later']])
  })

  test.each(['', 'a.b.c', `${btoa('{"alg":"none"}')}.${btoa('{}')}.`, 'x'.repeat(20_000)])('that is none: %#', async (token) => {
    expect((await post(token)).status).toBe(400)
  })
})
