import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSaml } from '#lib/platform/sso/saml.ts'
import { cookiesOf, PUBLIC_URL, sessionsOf, testPortal } from '#lib/platform/sso/testing/portal.ts'
import {
  assertionXml,
  IDP,
  otherKey,
  questionIn,
  responseXml,
  type Said,
  SP,
  samlSettings,
  signedResponse,
  signXml,
} from '#lib/platform/sso/testing/saml-provider.ts'
import { POST } from './acs/route.ts'
import { GET as complete } from './complete/route.ts'
import { GET as metadata } from './metadata/route.ts'

let portal: Awaited<ReturnType<typeof testPortal>>
beforeAll(async () => {
  portal = await testPortal('saml', samlSettings)
})
afterAll(() => portal.end())

const REFUSED = `${PUBLIC_URL}/sign-in?reason=provider_refused`

async function begin(returnTo = '/phone', again = false) {
  const start = await startSaml({ returnTo, again })
  return { ...questionIn(start.location), cookie: cookiesOf(start) }
}

async function post(xml: string, relayState = '/phone') {
  const body = new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: relayState })
  return (await POST(new Request(`${SP}/acs`, { method: 'POST', body }))).headers.get('location')
}

const come = (cookie: string) => complete(new Request(`${SP}/complete`, { headers: { cookie } }))

async function signIn(said: Partial<Said> = {}, cookies = '') {
  const { id, cookie } = await begin()
  const posted = await post(signedResponse({ request: id, ...said }))
  return { posted, response: await come([cookie, cookies].filter(Boolean).join('; ')) }
}

describe('a sign-in', () => {
  test('asks for an assertion at our address, and for the password when it is a step-up', async () => {
    const { xml, relayState, cookie } = await begin()
    expect(xml).toContain(`AssertionConsumerServiceURL="${SP}/acs"`)
    expect(xml).toContain(`>${SP}/metadata</saml:Issuer>`)
    expect(xml).not.toContain('ForceAuthn')
    expect(relayState).toBe('/phone')
    expect(cookie).toMatch(/^__Host-posthouse-saml=[\w-]{43}$/)
    expect((await begin('/phone', true)).xml).toContain('ForceAuthn="true"')
  })

  test('becomes a session with what the provider said', async () => {
    const { posted, response } = await signIn({ age: 120 })
    expect(posted).toBe(`${SP}/complete`)
    expect([response.status, response.headers.get('location')]).toEqual([303, `${PUBLIC_URL}/phone`])
    const [session] = await sessionsOf(portal.db)
    expect(session).toMatchObject({ iss: IDP, sub: 'lin', idp_session: 'index-lin', live: true })
    expect(session?.auth_age).toBeGreaterThanOrEqual(120)
    expect(session?.auth_age).toBeLessThan(180)
  })

  test('T15 ends the session of before, whose cookie the post did not carry', async () => {
    const first = await signIn()
    await signIn({}, cookiesOf(first.response))
    const [now, before] = await sessionsOf(portal.db)
    expect([now?.live, before?.live, before?.end_reason]).toEqual([true, false, 'rotated'])
  })

  test('T16 stays with its mailbox when the e-mail attribute changes', async () => {
    await signIn({ mail: 'wang@yunling.example' })
    expect((await sessionsOf(portal.db))[0]).toMatchObject({ sub: 'lin', live: true })
    expect(await sessionsOf(portal.db, 'wang@yunling.example')).toEqual([])
  })

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', ''])(
    'leads to the overview in place of %j',
    async (relayState) => {
      const { id, cookie } = await begin()
      await post(signedResponse({ request: id }), relayState)
      expect((await come(cookie)).headers.get('location')).toBe(`${PUBLIC_URL}/overview`)
    },
  )
})

describe('T21 an answer in another browser', () => {
  test('signs nobody in, neither there nor later', async () => {
    const attacker = await begin()
    const victim = await begin()
    const before = (await sessionsOf(portal.db, 'wang@yunling.example')).length
    await post(signedResponse({ request: attacker.id, nameId: 'wang' }))
    for (const cookie of ['', victim.cookie, `__Host-posthouse-saml=${attacker.id}`]) {
      const response = await come(cookie)
      expect(response.headers.get('location')).toBe(REFUSED)
      expect(response.headers.getSetCookie().join()).not.toContain('__Host-posthouse=')
    }
    expect((await sessionsOf(portal.db, 'wang@yunling.example')).length).toBe(before)
  })

  test('is fetched once', async () => {
    const { id, cookie } = await begin()
    await post(signedResponse({ request: id }))
    expect((await come(cookie)).headers.get('location')).toBe(`${PUBLIC_URL}/phone`)
    expect((await come(cookie)).headers.get('location')).toBe(REFUSED)
  })

  test('waits sealed, and for a minute', async () => {
    const { id, cookie } = await begin()
    await post(signedResponse({ request: id }))
    const [row] = await portal.db.execute<{ value: string }>(sql`select value from sso_requests where id like 'answer:%'`)
    expect(Buffer.from(row?.value ?? '', 'base64').toString('latin1')).not.toContain('yunling')
    await portal.db.execute(sql`update sso_requests set created_at = now() - interval '61 seconds' where id like 'answer:%'`)
    expect((await come(cookie)).headers.get('location')).toBe(REFUSED)
  })
})

describe('an answer is refused', () => {
  test.each<[string, Partial<Said>]>([
    ['for another audience', { audience: 'https://other.example/metadata' }],
    ['for another recipient', { recipient: 'https://other.example/acs' }],
    ['of another issuer with the same key', { issuer: 'https://other.example/metadata' }],
    ['that is over', { until: -40 }],
    ['that was made long ago', { issued: -400 }],
    ['that its bearer may hand in for ever', { endless: true }],
    ['to a question that nobody asked', { confirms: '_0000' }],
    ['whose signed part names no question', { confirms: '' }],
    ['that is not for the bearer', { method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' }],
    ['whose name for the person is new each time', { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }],
  ])('%s', async (_, said) => {
    const { posted, response } = await signIn(said)
    expect(posted).toBe(REFUSED)
    expect(response.headers.get('location')).toBe(REFUSED)
  })

  const everyWay: [string, (said: Said) => string][] = [
    ['that nobody signed', (said) => responseXml(said.request, assertionXml(said))],
    ['that another key signed', (said) => responseXml(said.request, signXml(assertionXml(said), 'Assertion', { key: otherKey() }))],
    ['signed by way of SHA-1', (said) => responseXml(said.request, signXml(assertionXml(said), 'Assertion', { hash: 'sha1' }))],
    ['of which only the envelope is signed', (said) => signXml(responseXml(said.request, assertionXml(said)), 'Response')],
    ['changed after it was signed', (said) => signedResponse(said).replaceAll('lin@yunling', 'wang@yunling')],
    [
      'to another question on its envelope',
      (said) => signedResponse(said).replace(`InResponseTo="${said.request}"><saml:Issuer`, 'InResponseTo="_0"><saml:Issuer'),
    ],
    ['without a question on its envelope', (said) => signedResponse(said).replace(/ InResponseTo="[^"]*"(?=><saml:Issuer)/, '')],
    ['with a document type', (said) => `<!DOCTYPE a [<!ENTITY x "y">]>${signedResponse(said)}`],
    [
      'with a bomb of entities',
      (said) => `<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>${signedResponse(said).replace('林知远', '&y;')}`,
    ],
    ['without an assertion', (said) => responseXml(said.request)],
    ['that is no XML', () => 'SAML'],
    ['without end', (said) => responseXml(said.request, 'x'.repeat(900_000))],
  ]
  test.each(everyWay)('%s', async (_, answer) => {
    const { id, cookie } = await begin()
    expect(await post(answer({ request: id }))).toBe(REFUSED)
    expect((await come(cookie)).headers.get('location')).toBe(REFUSED)
  })

  // The eight ways of Somorovsky et al., "On Breaking SAML", that fit one assertion in one response.
  const forged = (said: Said) => assertionXml({ ...said, nameId: 'wang' })
  const signature = (signed: string) => /<Signature[\s\S]*<\/Signature>/.exec(signed)?.[0] ?? ''
  const wrappings: [string, (said: Said, signed: string) => string][] = [
    ['forged first, signed behind', (said, signed) => responseXml(said.request, forged(said), signed)],
    ['signed first, forged behind', (said, signed) => responseXml(said.request, signed, forged(said))],
    [
      'signed inside the forged',
      (said, signed) => responseXml(said.request, forged(said).replace('</saml:Assertion>', `${signed}</saml:Assertion>`)),
    ],
    [
      'signed inside the extensions',
      (said, signed) => responseXml(said.request, `<samlp:Extensions>${signed}</samlp:Extensions>`, forged(said)),
    ],
    [
      'the signature moved to the forged',
      (said, signed) =>
        responseXml(
          said.request,
          forged(said).replace('</saml:Issuer>', `</saml:Issuer>${signature(signed)}`),
          signed.replace(signature(signed), ''),
        ),
    ],
    [
      'signed inside the object of a signature',
      (said, signed) =>
        responseXml(
          said.request,
          forged(said).replace(
            '</saml:Issuer>',
            `</saml:Issuer>${signature(signed).replace('</Signature>', `<Object>${signed.replace(signature(signed), '')}</Object></Signature>`)}`,
          ),
        ),
    ],
    [
      'the same ID on both',
      (said, signed) =>
        responseXml(
          said.request,
          forged(said)
            .replace(/ID="[^"]+"/, /ID="[^"]+"/.exec(signed)?.[0] ?? '')
            .replace('</saml:Issuer>', `</saml:Issuer>${signature(signed)}`),
          `<samlp:Extensions>${signed.replace(signature(signed), '')}</samlp:Extensions>`,
        ),
    ],
    ['a response inside the response', (said, signed) => responseXml(said.request, responseXml(said.request, signed), forged(said))],
  ]
  test.each(wrappings)('that wraps a signature: %s', async (_, wrap) => {
    const { id, cookie } = await begin()
    const said = { request: id }
    const posted = await post(wrap(said, signXml(assertionXml(said), 'Assertion')))
    expect(posted).toBe(REFUSED)
    expect((await come(cookie)).headers.get('location')).toBe(REFUSED)
    expect((await sessionsOf(portal.db, 'wang@yunling.example')).length).toBe(0)
  })

  test('that names another person as soon as its comments are left out', async () => {
    await signIn()
    const { response } = await signIn({ nameId: 'lin<!-- -->.wang', mail: 'lin@yunling.example' })
    expect(response.headers.get('location')).toBe(`${PUBLIC_URL}/sign-in?reason=identity_conflict`)
  })

  test('the second time, also in the same moment', async () => {
    const { id } = await begin()
    const answer = signedResponse({ request: id })
    const posted = await Promise.all(Array.from({ length: 6 }, () => post(answer)))
    expect(posted.filter((location) => location === `${SP}/complete`)).toHaveLength(1)
    expect(await post(answer)).toBe(REFUSED)
  })

  test('a quarter of an hour after the question', async () => {
    const { id } = await begin()
    await portal.db.execute(sql`update sso_requests set created_at = now() - interval '16 minutes'`)
    expect(await post(signedResponse({ request: id }))).toBe(REFUSED)
  })
})

test('a forged answer does not spoil the question', async () => {
  const { id, cookie } = await begin()
  expect(await post(responseXml(id, assertionXml({ request: id })))).toBe(REFUSED)
  await post(signedResponse({ request: id }))
  expect((await come(cookie)).headers.get('location')).toBe(`${PUBLIC_URL}/phone`)
})

test('the metadata name our addresses', async () => {
  const text = await (await metadata()).text()
  expect(text).toContain(`entityID="${SP}/metadata"`)
  expect(text).toContain(`Location="${SP}/acs"`)
  expect(text.match(/<SingleLogoutService /g)).toHaveLength(2)
})
