import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listSessionsOperation, signInOperation } from '#lib/features/sso/operations.ts'
import { NO_REQUEST } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { restHandler } from '#lib/platform/faces/rest.ts'
import { cookieFor, sessionCookie } from '#lib/platform/session.ts'
import { providerLogoutUrl } from '#lib/platform/sso/logout.ts'
import { authOptions, startOidc } from '#lib/platform/sso/oidc.ts'
import { oidcServer } from '#lib/platform/sso/testing/oidc-server.ts'
import { cookiesOf, PUBLIC_URL, sessionsOf, testPortal } from '#lib/platform/sso/testing/portal.ts'

let oidc: Awaited<ReturnType<typeof oidcServer>>
let portal: Awaited<ReturnType<typeof testPortal>>
beforeAll(async () => {
  oidc = await oidcServer(async () => new Response())
  portal = await testPortal('oidc', oidc.settings)
})
afterAll(async () => {
  await oidc.stop()
  await portal.end()
})

const start = (again: boolean) =>
  startOidc(
    authOptions(() => Promise.reject(new Error('not here'))),
    { returnTo: '/phone', again },
  )

const handle = restHandler([listSessionsOperation], async () => ({ locale: 'en', sentence: '' }))
const statusWith = async (cookie: string) =>
  (await handle(new Request(`${PUBLIC_URL}/api/v1/mailboxes/me/sessions`, { headers: { cookie: `${sessionCookie().name}=${cookie}` } })))
    .status

const said = {
  iss: 'https://idp.example',
  sub: '1',
  mailbox: 'lin@yunling.example',
  name: 'Lin',
  groups: [],
  authTime: null,
  idpSession: null,
  logoutHint: null,
}
const signIn = (changes: Partial<typeof said> = {}) =>
  signInOperation.execute(
    { actor: { kind: 'anonymous' }, request: NO_REQUEST, ownOrigin: true },
    { ...said, ...changes, previousSid: null },
  )

describe('T16 the way to the provider', () => {
  test('carries state, nonce and a challenge, each different every time', async () => {
    const [first, second] = await Promise.all([start(false), start(false)])
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const [one, other] = [first, second].map(({ location }) => new URL(location).searchParams.get(name) ?? '')
      expect(one?.length).toBeGreaterThanOrEqual(43)
      expect(one).not.toBe(other)
    }
    const params = Object.fromEntries(new URL(first.location).searchParams)
    expect(params).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${PUBLIC_URL}/api/auth/callback/oidc`,
    })
    expect(params).not.toHaveProperty('prompt')
    expect(first.cookies.every((cookie) => /HttpOnly/i.test(cookie) && /Secure/i.test(cookie))).toBe(true)
  })

  test('T18 asks for the password when it is a step-up', async () => {
    const params = Object.fromEntries(new URL((await start(true)).location).searchParams)
    expect(params).toMatchObject({ prompt: 'login', max_age: '0' })
  })
})

describe('T16 a session is a session only as ours', () => {
  test('ours is one', async () => {
    const result = await signIn()
    expect(result.ok && (await statusWith(await cookieFor(result.data.sid)))).toBe(200)
  })

  test('the cookies of a sign-in under way are none', async () => {
    const pairs = cookiesOf(await start(false))
      .split('; ')
      .map((pair) => pair.slice(pair.indexOf('=') + 1))
    expect(pairs.length).toBeGreaterThanOrEqual(3)
    for (const value of pairs) expect(await statusWith(value)).toBe(401)
  })

  test.each<[string, () => Promise<string>]>([
    ['with an id that was never given out', () => cookieFor('AAAA')],
    ['of another portal, with its secret', async () => encode({ token: { sid: 'x' }, secret: 'b'.repeat(44) })],
    ['of next-auth, with no id', async () => encode({ token: { sub: '1', email: 'lin@yunling.example' }, secret: env().SESSION_SECRET })],
    ['that is an ID token of the provider', () => oidc.token()],
    ['that is the id itself', async () => ((result) => (result.ok ? result.data.sid : ''))(await signIn())],
  ])('a cookie %s is none', async (_, cookie) => {
    expect(await statusWith(await cookie())).toBe(401)
  })
})

describe('T16 a person is issuer and subject', () => {
  test('an e-mail claim that changes does not move the mailbox', async () => {
    await signIn()
    expect((await signIn({ mailbox: 'wang@yunling.example' })).ok).toBe(true)
    expect((await sessionsOf(portal.db))[0]).toMatchObject({ sub: '1', live: true })
    expect(await sessionsOf(portal.db, 'wang@yunling.example')).toEqual([])
  })

  test('another subject with the same e-mail claim is refused', async () => {
    await signIn()
    expect(await signIn({ sub: '2' })).toMatchObject({ ok: false, code: 'identity_conflict' })
  })

  test('the same subject of another provider is another person', async () => {
    const result = await signIn({ iss: 'https://other.example', mailbox: 'wang@yunling.example' })
    expect(result.ok).toBe(true)
    expect((await sessionsOf(portal.db, 'wang@yunling.example'))[0]).toMatchObject({ iss: 'https://other.example', sub: '1' })
  })

  test('nobody gets in without a mailbox of the directory', async () => {
    for (const mailbox of ['nobody@yunling.example', '', 'lin', '*@yunling.example'])
      expect(await signIn({ sub: '3', mailbox })).toMatchObject({ ok: false, code: 'no_mailbox' })
  })
})

describe('a sign-out', () => {
  test('leads to the end of the session at the provider, and back here', async () => {
    const location = new URL((await providerLogoutUrl({ logoutHint: 'the.id.token', idpSession: null })) ?? '')
    expect(location.origin + location.pathname).toBe(`${oidc.issuer}/session/end`)
    expect(Object.fromEntries(location.searchParams)).toEqual({
      id_token_hint: 'the.id.token',
      client_id: 'posthouse',
      post_logout_redirect_uri: `${PUBLIC_URL}/signed-out`,
    })
  })
})
