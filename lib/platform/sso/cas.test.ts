import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startCas, validateTicket } from './cas.ts'
import { casServer, FAILURE, success } from './testing/cas-server.ts'
import { PUBLIC_URL, testPortal } from './testing/portal.ts'

let cas: Awaited<ReturnType<typeof casServer>>
let portal: Awaited<ReturnType<typeof testPortal>>
beforeAll(async () => {
  cas = await casServer()
  portal = await testPortal('cas', { CAS_URL: cas.url, SSO_MAILBOX_CLAIM: 'mail', SSO_NAME_CLAIM: 'cn', SSO_GROUPS_CLAIM: 'groups' })
})
afterAll(async () => {
  await cas.stop()
  await portal.end()
})

let count = 0
const newTicket = () => `ST-${++count}-AbCdEfGhIjKlMnOp-cas.yunling.example`
const LIN: [string, string][] = [
  ['mail', 'lin@yunling.example'],
  ['cn', '林知远 &amp; Lin'],
  ['groups', 'staff'],
  ['groups', 'helpdesk'],
]

async function read(reply: Parameters<typeof cas.issue>[1], renew = false) {
  const ticket = newTicket()
  cas.issue(ticket, reply)
  return validateTicket(ticket, { renew })
}

test('a sign-in leads to the provider with our service, and again with renew', async () => {
  const first = new URL((await startCas({ returnTo: '/overview', again: false })).location)
  expect(first.href.startsWith(`${cas.url}/login?`)).toBe(true)
  expect(Object.fromEntries(first.searchParams)).toEqual({ service: `${PUBLIC_URL}/api/auth/cas` })
  const again = await startCas({ returnTo: '/phone', again: true })
  expect(new URL(again.location).searchParams.get('renew')).toBe('true')
  expect(again.cookies[0]).toMatch(/^__Host-posthouse-cas=[\w-]+; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax; Secure$/)
})

describe('the answer of the provider', () => {
  const expected = {
    ...{ sub: 'lin', mailbox: 'lin@yunling.example', groups: ['staff', 'helpdesk'] },
    ...{ authTime: null, logoutHint: null },
  }

  test('in XML', async () => {
    const assertion = await read(success('lin', LIN))
    expect(assertion).toMatchObject({ ...expected, iss: cas.url, name: '林知远 & Lin', idpSession: expect.stringMatching(/^ST-/) })
    expect(cas.asked.at(-1)?.pathname).toBe('/cas/p3/serviceValidate')
    expect(cas.asked.at(-1)?.searchParams.get('service')).toBe(`${PUBLIC_URL}/api/auth/cas`)
  })

  test('in JSON', async () => {
    const attributes = { mail: ['lin@yunling.example'], cn: '林知远', groups: ['staff', 'helpdesk'], authenticationDate: [1_767_225_600.5] }
    const body = JSON.stringify({ serviceResponse: { authenticationSuccess: { user: 'lin', attributes } } })
    const assertion = await read({ body, type: 'application/json' })
    expect(assertion).toMatchObject({ ...expected, name: '林知远', authTime: new Date('2026-01-01T00:00:00.500Z') })
  })

  test.each([
    ['2026-01-01T08:00:00.123+08:00[Asia/Shanghai]', '2026-01-01T00:00:00.123Z'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'],
  ])('says when the password was typed: %s', async (said, meant) => {
    const { authTime } = await read(success('lin', [...LIN, ['authenticationDate', said]]))
    expect(authTime?.toISOString()).toBe(meant)
  })

  test('T18 a time yet to come counts as now', async () => {
    const { authTime } = await read(success('lin', [...LIN, ['authenticationDate', '2999-01-01T00:00:00Z']]))
    expect(authTime?.getTime()).toBeLessThanOrEqual(Date.now())
  })

  test('T18 a step-up without a time counts from here, because the provider was told to refuse older ones', async () => {
    const before = Date.now()
    const { authTime } = await read(success('lin', LIN), true)
    expect(cas.asked.at(-1)?.searchParams.get('renew')).toBe('true')
    expect(authTime?.getTime()).toBeGreaterThanOrEqual(before)
  })

  test.each([
    ['a refusal', FAILURE],
    ['a refusal in JSON', '{"serviceResponse":{"authenticationFailure":{"code":"INVALID_TICKET"}}}'],
    [
      'success and refusal at once',
      success('lin', LIN).replace('</cas:serviceResponse>', '<cas:authenticationFailure code="X"/></cas:serviceResponse>'),
    ],
    ['two users', success('lin', LIN).replace('</cas:user>', '</cas:user><cas:user>wang</cas:user>')],
    ['no user', success('', LIN)],
    ['another namespace', success('lin', LIN).replace('http://www.yale.edu/tp/cas', 'urn:mine')],
    ['a document type', `<!DOCTYPE a [<!ENTITY u "wang">]>${success('&u;', LIN)}`],
    ['success only inside an attribute', success('</cas:user>', LIN)],
    ['more than it could need', success('lin', [...LIN, ['photo', 'x'.repeat(70_000)]])],
    ['CAS 1.0', 'yes\nlin\n'],
    ['JSON of another shape', '{"serviceResponse":{"authenticationSuccess":{"user":["lin"]}}}'],
  ])('is refused: %s', async (_, body) => {
    await expect(read(body)).rejects.toMatchObject({ code: 'provider_refused' })
  })

  test.each([
    ['a failure of the provider', { body: '', status: 500 }],
    ['a redirect', { body: '', status: 302 }],
  ])('is missing: %s', async (_, reply) => {
    await expect(read(reply)).rejects.toMatchObject({ code: 'provider_down' })
  })
})

test('a ticket is good once', async () => {
  const ticket = newTicket()
  cas.issue(ticket, success('lin', LIN))
  await validateTicket(ticket, { renew: false })
  await expect(validateTicket(ticket, { renew: false })).rejects.toMatchObject({ code: 'provider_refused', why: 'ticket_refused' })
})

test.each(['', 'ST-', 'PT-1-AbCdEfGhIjKl', 'ST-1-AbCdEf&renew=false', `ST-${'a'.repeat(300)}`, 'ST-1-AbCdEfGh\r\nX: y'])(
  'the provider is not asked about what is no service ticket: %j',
  async (ticket) => {
    const before = cas.asked.length
    await expect(validateTicket(ticket, { renew: false })).rejects.toMatchObject({ why: 'ticket_shape' })
    expect(cas.asked.length).toBe(before)
  },
)

test('a provider that cannot be reached is named so', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
  await expect(validateTicket(newTicket(), { renew: false })).rejects.toMatchObject({ code: 'provider_down' })
  vi.unstubAllGlobals()
})
