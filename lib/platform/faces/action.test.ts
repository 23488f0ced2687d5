import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { revokeAllAppPasswordsOperation } from '#lib/features/app-passwords/operations.ts'
import { loadWatched as loadWatchedFigures } from '#lib/features/dashboard/loaders.ts'
import { checkCancelLinkOperation, showPhoneOperation } from '#lib/features/phone/operations.ts'
import { loadWatched as loadWatchedMail } from '#lib/features/received/loaders.ts'
import { loadWatchedRequests } from '#lib/features/requests/loaders.ts'
import { env } from '../env.ts'
import { PEER_HEADER } from '../request.ts'
import { cookieFor, sessionCookie } from '../session.ts'
import { type Belongings, exampleOf, furnish } from '../testing/belongings.ts'
import { EVERY_OPERATION } from '../testing/every-operation.ts'
import { codeOf, done, type House, type Person, testHouse } from '../testing/house.ts'
import { verifyCaller, WARRANT } from '../testing/verify-caller.ts'

/** What Next knows of the request; outside of Next there is none. */
const request = vi.hoisted(() => ({ headers: new Headers(), cookies: new Map<string, string>() }))
vi.mock('next/headers', () => ({
  headers: async () => request.headers,
  cookies: async () => ({ get: (name: string) => (request.cookies.has(name) ? { value: request.cookies.get(name) } : undefined) }),
}))
vi.mock('next/navigation', () => ({
  redirect: (path: string) => {
    throw new Error(`redirect ${path}`)
  },
}))

let house: House
let lin: Person
let belongings: Belongings
beforeAll(async () => {
  house = await testHouse()
  lin = await house.person('lin')
  belongings = await furnish(house, 'zhao', 10)
  Object.assign(globalThis, { posthouse: { db: house.db, mail: house.mail } })
})
beforeEach(async () => {
  request.headers = new Headers({ [PEER_HEADER]: '203.0.113.7', origin: env().PUBLIC_URL, 'user-agent': 'curl/8' })
  request.cookies = new Map([[sessionCookie().name, await cookieFor(lin.sid)]])
})

describe('A form', () => {
  test('acts for the session in the cookie, and its address is written down', async () => {
    const result = await revokeAllAppPasswordsOperation.action({})
    expect(done(result)).toEqual({ revoked: 0 })
    const [row] = await house.owner`select actor_id, ip, user_agent from audit_log where reference = ${result.reference} limit 1`
    expect(row).toEqual({ actor_id: lin.mailbox, ip: '203.0.113.7', user_agent: 'curl/8' })
  })

  test.each([undefined, 'null', 'https://evil.example'])('T21 from the origin %s does nothing', async (origin) => {
    request.headers.delete('origin')
    if (origin) request.headers.set('origin', origin)
    expect(codeOf(await revokeAllAppPasswordsOperation.action({}))).toBe('foreign_origin')
  })

  test.each(['forged', ''])('T15 with the cookie %j is nobody’s', async (cookie) => {
    request.cookies.set(sessionCookie().name, cookie)
    expect(codeOf(await revokeAllAppPasswordsOperation.action({}))).toBe('unauthenticated')
  })

  test('T6 takes no input but what the operation knows', async () => {
    const form = new FormData()
    form.set('mailbox', 'wang@yunling.example')
    for (const input of [undefined, null, 'x', [lin.mailbox]])
      expect(codeOf(await revokeAllAppPasswordsOperation.action(input))).toBe('invalid_input')
    expect(codeOf(await revokeAllAppPasswordsOperation.action(form))).toBe('done')
  })

  test('replayed with its idempotency key does nothing', async () => {
    const key = crypto.randomUUID()
    expect(codeOf(await revokeAllAppPasswordsOperation.action({}, key))).toBe('done')
    expect(codeOf(await revokeAllAppPasswordsOperation.action({}, key))).toBe('already_done')
  })
})

describe('T45 a form of staff', () => {
  const signedInAs = async (person: Person) => request.cookies.set(sessionCookie().name, await cookieFor(person.sid))

  test.each(EVERY_OPERATION.filter(({ staff }) => staff))('opens by $name nothing of a caller who is not verified', async (operation) => {
    const agent = await house.person(`agent-${operation.name.replace('.', '-')}`, { groups: ['helpdesk'] })
    await signedInAs(agent)
    const answer = codeOf(await operation.action(exampleOf(operation, belongings), undefined, WARRANT))
    const closed = operation.staff?.verified || !operation.staff?.roles.includes('agent')
    if (closed) expect(['caller_not_verified', 'forbidden']).toContain(answer)
    else expect(['caller_not_verified', 'forbidden', 'unauthenticated']).not.toContain(answer)
  })

  test('carries its reason and ticket beside the input', async () => {
    const agent = await house.person('agent', { groups: ['helpdesk'] })
    await signedInAs(agent)
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    const input = { mailbox: lin.mailbox }
    expect(codeOf(await revokeAllAppPasswordsOperation.action(input))).toBe('reason_needed')
    expect(codeOf(await revokeAllAppPasswordsOperation.action({ ...input, warrant: WARRANT }))).toBe('reason_needed')
    expect(codeOf(await revokeAllAppPasswordsOperation.action(input, undefined, WARRANT))).toBe('done')
  })
})

describe('A page', () => {
  test('is read for the session in the cookie, without an Origin', async () => {
    request.headers.delete('origin')
    expect(done(await showPhoneOperation.load())).toEqual({ bound: null, flow: null, coolingHours: 72 })
  })

  test('leads to the sign-in when nobody is signed in, and says why', async () => {
    request.cookies.clear()
    await expect(showPhoneOperation.load()).rejects.toThrow(/^redirect \/sign-in$/)
    const wang = await house.person('wang')
    await house.owner`update sessions set last_seen_at = now() - interval '31 minutes' where mailbox = ${wang.mailbox}`
    request.cookies.set(sessionCookie().name, await cookieFor(wang.sid))
    await expect(showPhoneOperation.load()).rejects.toThrow(/^redirect \/sign-in\?reason=idle$/)
  })

  test('that is for everybody is read without a session', async () => {
    request.cookies.clear()
    expect(codeOf(await checkCancelLinkOperation.loadPublic({ token: 'A'.repeat(43) }))).toBe('link_invalid')
  })
})

describe('A stream', () => {
  test.each([
    ['figures', loadWatchedFigures],
    ['requests', loadWatchedRequests],
    ['mail', loadWatchedMail],
  ])('T15 of %s keeps no session alive, and is refused when it is over', async (name, watch) => {
    const agent = await house.person(`watcher-${name}`, { groups: ['helpdesk'] })
    request.cookies.set(sessionCookie().name, await cookieFor(agent.sid))
    await house.later('14 minutes')
    expect(codeOf(await watch())).toBe('done')
    await house.later('2 minutes')
    expect(codeOf(await watch())).toBe('unauthenticated')
  })
})
