import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { providerLogoutUrl } from '#lib/platform/sso/logout.ts'
import { startSaml } from '#lib/platform/sso/saml.ts'
import { cookiesOf, PUBLIC_URL, sessionsOf, testPortal } from '#lib/platform/sso/testing/portal.ts'
import {
  logoutXml,
  otherKey,
  questionIn,
  SP,
  samlSettings,
  signedQuery,
  signedResponse,
  signXml,
} from '#lib/platform/sso/testing/saml-provider.ts'
import { POST as acs } from '../acs/route.ts'
import { GET as complete } from '../complete/route.ts'
import { GET, POST } from './route.ts'

let portal: Awaited<ReturnType<typeof testPortal>>
beforeAll(async () => {
  portal = await testPortal('saml', samlSettings)
})
afterAll(() => portal.end())

async function signIn(nameId: string) {
  const start = await startSaml({ returnTo: '/overview', again: false })
  const xml = signedResponse({ request: questionIn(start.location).id, nameId })
  const body = new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64') })
  await acs(new Request(`${SP}/acs`, { method: 'POST', body }))
  await complete(new Request(`${SP}/complete`, { headers: { cookie: cookiesOf(start) } }))
}

const redirected = (query: string) => GET(new Request(`${SP}/slo?${query}`))
const posted = (xml: string) =>
  POST(new Request(`${SP}/slo`, { method: 'POST', body: new URLSearchParams({ SAMLRequest: Buffer.from(xml).toString('base64') }) }))
const live = async (nameId: string) => (await sessionsOf(portal.db, `${nameId}@yunling.example`)).filter((session) => session.live).length

describe('the provider ends a session', () => {
  test('by a signed redirect, and is told that it worked', async () => {
    await signIn('lin')
    await signIn('wang')
    const response = await redirected(signedQuery(logoutXml({ sessions: ['index-lin'] })))
    expect([await live('lin'), await live('wang')]).toEqual([0, 1])
    const answer = new URL(response.headers.get('location') ?? '')
    expect([answer.origin + answer.pathname, answer.searchParams.get('RelayState')]).toEqual([samlSettings.SAML_IDP_LOGOUT_URL, 'r1'])
    expect(answer.searchParams.has('SAMLResponse')).toBe(true)
  })

  test('by a signed post', async () => {
    await signIn('lin')
    expect((await posted(signXml(logoutXml({ sessions: ['other', 'index-lin'] }), 'LogoutRequest'))).status).toBe(303)
    expect(await live('lin')).toBe(0)
  })

  test('all of a person, when it names no session', async () => {
    await signIn('lin')
    await redirected(signedQuery(logoutXml({})))
    expect(await live('lin')).toBe(0)
  })
})

describe('a session stays when the wish', () => {
  const xml = () => logoutXml({ sessions: ['index-lin'] })
  test.each<[string, () => Promise<Response>]>([
    ['is not signed', () => redirected(signedQuery(xml()).replace(/&Signature=.*/, ''))],
    ['has an empty signature', () => redirected(signedQuery(xml()).replace(/&Signature=.*/, '&Signature='))],
    ['is signed by another', () => redirected(signedQuery(xml(), { key: otherKey() }))],
    ['is signed by way of SHA-1', () => redirected(signedQuery(xml(), { hash: 'SHA1' }))],
    ['comes twice in one query', () => redirected(`${signedQuery(logoutXml({ nameId: 'wang' }))}&${signedQuery(xml()).split('&')[0]}`)],
    ['comes before the signed one', () => redirected(`${signedQuery(xml()).split('&')[0]}&${signedQuery(logoutXml({ nameId: 'wang' }))}`)],
    ['is of another issuer', () => redirected(signedQuery(logoutXml({ sessions: ['index-lin'], issuer: 'https://other.example' })))],
    [
      'is for another service',
      () => redirected(signedQuery(logoutXml({ sessions: ['index-lin'], destination: 'https://other.example/slo' }))),
    ],
    ['is old', () => redirected(signedQuery(logoutXml({ sessions: ['index-lin'], issued: -400 })))],
    ['has a document type', () => redirected(signedQuery(`<!DOCTYPE a [<!ENTITY x "y">]>${xml()}`))],
    ['grows without end', () => redirected(signedQuery(xml().replace('</saml:NameID>', `${' '.repeat(3_000_000)}</saml:NameID>`)))],
    ['is posted and not signed', () => posted(xml())],
    ['is posted and signed by another', () => posted(signXml(xml(), 'LogoutRequest', { key: otherKey() }))],
    ['is posted and signed by way of SHA-1', () => posted(signXml(xml(), 'LogoutRequest', { hash: 'sha1' }))],
    [
      'is posted and was changed',
      () => posted(signXml(logoutXml({ sessions: ['index-wang'] }), 'LogoutRequest').replace('index-wang', 'index-lin')),
    ],
  ])('%s', async (_, send) => {
    await signIn('lin')
    expect((await send()).status).toBe(400)
    expect(await live('lin')).toBeGreaterThan(0)
  })

  test('comes a second time', async () => {
    const query = signedQuery(logoutXml({}))
    await redirected(query)
    await signIn('lin')
    expect((await redirected(query)).status).toBe(400)
    expect(await live('lin')).toBe(1)
  })
})

test('a sign-out from here leads to the provider with its name for person and session', async () => {
  const logoutHint = JSON.stringify({ nameID: 'lin', nameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' })
  const location = (await providerLogoutUrl({ logoutHint, idpSession: 'index-lin' })) ?? ''
  expect(location.startsWith(`${samlSettings.SAML_IDP_LOGOUT_URL}?`)).toBe(true)
  const { xml } = questionIn(location)
  expect(xml).toContain(`>${SP}/metadata</saml:Issuer>`)
  expect(xml).toMatch(/<saml:NameID Format="[^"]+persistent">lin<\/saml:NameID>.*>index-lin</)
})

test('the answer of the provider ends at the page that says so', async () => {
  const response = await redirected('SAMLResponse=whatever')
  expect([response.status, response.headers.get('location')]).toEqual([303, `${PUBLIC_URL}/signed-out`])
})

test('a provider without single logout is left alone', async () => {
  vi.resetModules()
  vi.stubEnv('SAML_IDP_LOGOUT_URL', '')
  const { providerLogoutUrl: fresh } = await import('#lib/platform/sso/logout.ts')
  expect(await fresh({ logoutHint: JSON.stringify({ nameID: 'lin', nameIDFormat: 'x' }), idpSession: null })).toBe(null)
})
