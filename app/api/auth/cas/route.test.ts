import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCas } from '#lib/platform/sso/cas.ts'
import { casServer, logoutOf, success } from '#lib/platform/sso/testing/cas-server.ts'
import { cookiesOf, PUBLIC_URL, sessionsOf, testPortal } from '#lib/platform/sso/testing/portal.ts'
import { GET, POST } from './route.ts'

let cas: Awaited<ReturnType<typeof casServer>>
let portal: Awaited<ReturnType<typeof testPortal>>
beforeAll(async () => {
  cas = await casServer()
  portal = await testPortal('cas', { CAS_URL: cas.url, SSO_MAILBOX_CLAIM: 'mail' })
})
afterAll(async () => {
  await cas.stop()
  await portal.end()
})

let count = 0
function newTicket(user = 'lin', mail = 'lin@yunling.example'): string {
  const ticket = `ST-${++count}-AbCdEfGhIjKlMnOp`
  cas.issue(ticket, success(user, [['mail', mail]]))
  return ticket
}

const service = `${PUBLIC_URL}/api/auth/cas`
const arrive = (ticket: string, cookie: string) => GET(new Request(`${service}?ticket=${ticket}`, { headers: { cookie } }))
const start = async (returnTo = '/phone') => cookiesOf(await startCas({ returnTo, again: false }))
const post = (body: URLSearchParams | string) => POST(new Request(service, { method: 'POST', body }))

async function signIn(...whom: [user?: string, mail?: string]) {
  const ticket = newTicket(...whom)
  const response = await arrive(ticket, await start())
  return { ticket, response }
}

test('a ticket becomes a session, and leads where the person was going', async () => {
  const { ticket, response } = await signIn()
  expect([response.status, response.headers.get('location')]).toEqual([303, `${PUBLIC_URL}/phone`])
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-posthouse=[\w.-]{40,}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/),
    expect.stringMatching(/^__Host-posthouse-cas=; Path=\/; Max-Age=0;/),
  ])
  expect((await sessionsOf(portal.db))[0]).toMatchObject({ iss: cas.url, sub: 'lin', idp_session: ticket, live: true })
})

test('T15 the session of before ends', async () => {
  const { response } = await signIn()
  await arrive(newTicket(), `${await start()}; ${cookiesOf(response)}`)
  const [now, before] = await sessionsOf(portal.db)
  expect([now?.live, before?.live, before?.end_reason]).toEqual([true, false, 'rotated'])
})

test('a ticket that was used is refused', async () => {
  const { ticket } = await signIn()
  const before = (await sessionsOf(portal.db)).length
  const response = await arrive(ticket, await start())
  expect(response.headers.get('location')).toBe(`${PUBLIC_URL}/sign-in?reason=provider_refused`)
  expect((await sessionsOf(portal.db)).length).toBe(before)
})

test('T21 a link with the ticket of somebody else signs nobody in', async () => {
  const before = cas.asked.length
  for (const cookie of ['', '__Host-posthouse-cas=', '__Host-posthouse-cas=e30', '__Host-posthouse-cas=%00']) {
    const response = await arrive(newTicket('wang', 'wang@yunling.example'), cookie)
    expect(response.headers.get('location')).toBe(`${PUBLIC_URL}/sign-in?reason=provider_refused`)
    expect(response.headers.getSetCookie().join()).not.toContain('__Host-posthouse=')
  }
  expect(cas.asked.length).toBe(before)
})

test('a foreign path to return to is not taken', async () => {
  const forged = Buffer.from(JSON.stringify(['//evil.example/', false])).toString('base64url')
  const response = await arrive(newTicket(), `__Host-posthouse-cas=${forged}`)
  expect(response.headers.get('location')).toBe(`${PUBLIC_URL}/overview`)
})

test('T16 an e-mail attribute that changes does not move the mailbox', async () => {
  await signIn('lin', 'wang@yunling.example')
  expect((await sessionsOf(portal.db))[0]).toMatchObject({ sub: 'lin', live: true })
  expect(await sessionsOf(portal.db, 'wang@yunling.example')).toEqual([])
})

describe('the provider says that a session has ended', () => {
  test('the one whose ticket it names ends, and no other', async () => {
    const first = await signIn()
    await signIn()
    expect((await post(logoutOf(first.ticket))).status).toBe(204)
    const [second, ended] = await sessionsOf(portal.db)
    expect(second?.live).toBe(true)
    expect(ended).toMatchObject({ idp_session: first.ticket, live: false, end_reason: 'provider' })
  })

  test.each([
    ['no ticket', logoutOf('')],
    ['a name instead of a ticket', logoutOf('lin')],
    ['two tickets', logoutOf('ST-1-AbCdEfGhIjKl</samlp:SessionIndex><samlp:SessionIndex>ST-2-AbCdEfGhIjKl')],
    ['a document type', `logoutRequest=${encodeURIComponent('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')}`],
    ['no XML', 'logoutRequest=ST-1-AbCdEfGhIjKl'],
    ['nothing', ''],
  ])('a message with %s is refused', async (_, body) => {
    expect((await post(body)).status).toBe(400)
  })

  test('a message of endless length is not read', async () => {
    expect((await post(`logoutRequest=${'a'.repeat(20_000)}`)).status).toBe(413)
  })
})
