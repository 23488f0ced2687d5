import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import { type Actor, ROLES } from './actor.ts'
import { createApiKey } from './api-keys.ts'
import { env } from './env.ts'
import type { Operation, Result } from './operation.ts'
import { type Belongings, exampleOf, furnish } from './testing/belongings.ts'
import { state } from './testing/dump.ts'
import { EVERY_OPERATION } from './testing/every-operation.ts'
import { codeOf, type House, REQUEST, testHouse } from './testing/house.ts'
import { type Api, apiOf } from './testing/rest.ts'

const WHO = ['anonymous', 'user', ...ROLES, 'apiKey', 'system'] as const
type Who = (typeof WHO)[number]

interface Expected {
  /** Who may do it to a mailbox of their own (or to none). */
  own: Who[]
  /** Who may do it to somebody else's. */
  foreign: Who[]
  /** Asks for a sign-in within the last 10 minutes. */
  stepUp?: true
}

/** Staff are people with a mailbox, too. */
const PEOPLE: Who[] = ['user', ...ROLES]
const OWNER: Expected = { own: PEOPLE, foreign: [] }
const OWNER_FRESH: Expected = { ...OWNER, stepUp: true }
const STAFF: Expected = { own: [...ROLES, 'apiKey'], foreign: [...ROLES, 'apiKey'] }
const ANYBODY: Expected = { own: [...WHO], foreign: [...WHO] }

/** Who may do what. A new operation is written down here, or the suite fails. */
const MATRIX: Record<string, Expected> = {
  'activity.export': OWNER,
  'activity.list': OWNER,
  'app-passwords.create': OWNER_FRESH,
  'app-passwords.list': OWNER,
  'app-passwords.revoke': OWNER,
  'app-passwords.revoke-all': OWNER,
  'app-passwords.switch': OWNER_FRESH,
  'dashboard.drill': STAFF,
  'dashboard.export': STAFF,
  'dashboard.show': { own: [...ROLES, 'apiKey', 'system'], foreign: [...ROLES, 'apiKey', 'system'] },
  'dashboard.watch': { own: [...ROLES], foreign: [...ROLES] },
  'demo-phone.list': ANYBODY,
  'digest.check-link': ANYBODY,
  'digest.follow-link': ANYBODY,
  'digest.set': OWNER,
  'digest.show': OWNER,
  'digest.unsubscribe': ANYBODY,
  'overview.show': OWNER,
  'password.change': OWNER_FRESH,
  'password.make-recovery-codes': OWNER_FRESH,
  'password.settle': { own: ['system'], foreign: ['system'] },
  'password.show': OWNER,
  'phone.cancel-change': ANYBODY,
  'phone.check-cancel-link': ANYBODY,
  'phone.confirm': OWNER_FRESH,
  'phone.resend': OWNER_FRESH,
  'phone.show': OWNER,
  'phone.start': OWNER_FRESH,
  'received.delete': OWNER,
  'received.list': OWNER,
  'received.move-to-inbox': OWNER,
  'received.preview': OWNER,
  'received.preview-document': OWNER,
  'received.release': OWNER,
  'received.request-release': OWNER,
  'received.show': OWNER,
  'received.undelete': OWNER,
  'received.watch': OWNER,
  'reset.choose': ANYBODY,
  'reset.issue-pass': { own: [], foreign: ['agent', 'supervisor'], stepUp: true },
  'reset.prove': ANYBODY,
  'reset.resend': ANYBODY,
  'reset.send-code': { own: ['system'], foreign: ['system'] },
  'reset.show': ANYBODY,
  'reset.start': ANYBODY,
  'reset.unlock': ANYBODY,
  'restore.count': OWNER,
  'restore.list': OWNER,
  'restore.show': OWNER,
  'restore.start': OWNER_FRESH,
  'restore.stop': OWNER,
  'sender-lists.check': OWNER,
  'sender-lists.export': OWNER,
  'sender-lists.import': OWNER,
  'sender-lists.list': OWNER,
  'sender-lists.preview': OWNER,
  'sender-lists.put': OWNER,
  'sender-lists.remove': OWNER,
  'sent.finish-recall': { own: ['system'], foreign: ['system'] },
  'sent.list': OWNER,
  'sent.preview-recall': OWNER,
  'sent.recall': OWNER_FRESH,
  'sent.show': OWNER,
  'sent.show-recall': OWNER,
  'sent.withdraw': { own: ['system'], foreign: ['system'] },
  'sso.end': OWNER,
  'sso.end-others': OWNER,
  'sso.list': OWNER,
  'sso.provider-logout': { own: ['system'], foreign: ['system'] },
  'sso.review': OWNER,
  'sso.sign-in': { own: ['anonymous'], foreign: ['anonymous'] },
  'sso.sign-out': OWNER,
}

const REFUSALS = ['unauthenticated', 'forbidden', 'foreign_origin', 'step_up_required', 'method_not_allowed']

let house: House
let lin: Belongings
let wang: Belongings
let chen: Belongings
beforeAll(async () => {
  house = await testHouse()
  lin = await furnish(house, 'lin', 10)
  wang = await furnish(house, 'wang', 20)
  chen = await furnish(house, 'chen', 30)
})
beforeEach(() => house.forgetLimits())

function actorOf(who: Who, authAge: number | null = 0, of = lin): Actor {
  const signedIn = { mailbox: of.person.mailbox, name: of.name, sessionId: crypto.randomUUID(), authAge }
  switch (who) {
    case 'anonymous':
      return { kind: who }
    case 'user':
      return { kind: who, ...signedIn }
    case 'apiKey':
      return { kind: who, id: crypto.randomUUID(), scopes: EVERY_OPERATION.map(({ name }) => name) }
    case 'system':
      return { kind: who, job: 'test' }
    default:
      return { kind: 'staff', roles: [who], ...signedIn }
  }
}

const expected = ({ name }: Operation): Expected => MATRIX[name] ?? { own: [], foreign: [] }
const ask = (operation: Operation, actor: Actor, input: unknown, ownOrigin = true): Promise<Result<unknown>> =>
  operation.execute({ actor, request: REQUEST, ownOrigin }, input, house)

test('T46 every operation stands in the matrix, and the matrix names no other', () => {
  expect(EVERY_OPERATION.map(({ name }) => name)).toEqual(Object.keys(MATRIX).sort())
})

test('T46 every operation with a path is served, each under a path and method of its own', () => {
  const withPath = EVERY_OPERATION.filter(({ path }) => path).map(({ name }) => name)
  expect(
    OPERATIONS.filter(({ path }) => path)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(withPath)
  const routes = OPERATIONS.filter(({ path }) => path).map(({ method, path }) => `${method} ${path}`)
  expect(new Set(routes).size).toBe(routes.length)
})

describe.each(EVERY_OPERATION)('T19 T46 $name', (operation) => {
  const { own, foreign } = expected(operation)

  test('lets exactly these actors at their own mailbox', async () => {
    const allowed = []
    for (const who of WHO) {
      const code = codeOf(await ask(operation, actorOf(who), exampleOf(operation, lin)))
      if (!REFUSALS.includes(code)) allowed.push(who)
      else expect(code, who).toBe(who === 'anonymous' && !operation.anonymous ? 'unauthenticated' : 'forbidden')
    }
    expect(allowed).toEqual(own)
  })

  test('lets exactly these actors at somebody else’s', async () => {
    const allowed = []
    for (const who of WHO) {
      const code = codeOf(await ask(operation, actorOf(who), exampleOf(operation, wang)))
      if (!REFUSALS.includes(code)) allowed.push(who)
    }
    expect(allowed).toEqual(foreign)
  })
})

describe('T18 a fresh proof of who it is', () => {
  const fresh = EVERY_OPERATION.filter(({ name }) => MATRIX[name]?.stepUp)
  /** By somebody who may: the owner, or staff for somebody else. */
  const asks = async (operation: Operation, authAge: number | null) => {
    const staff = MATRIX[operation.name]?.own.includes('user') ? undefined : MATRIX[operation.name]?.foreign[0]
    const answer = await ask(operation, actorOf(staff ?? 'user', authAge), exampleOf(operation, staff ? wang : lin))
    return codeOf(answer) === 'step_up_required'
  }

  test.each(fresh)('$name asks for it: stale, or of unknown age, is refused', async (operation) => {
    expect(await asks(operation, 599)).toBe(false)
    expect(await asks(operation, 600)).toBe(true)
    expect(await asks(operation, null)).toBe(true)
    expect(await asks(operation, 1_000_000)).toBe(true)
  })

  test.each(fresh)('$name refuses before anything is changed', async (operation) => {
    const before = await state(house.owner)
    await asks(operation, null)
    expect(await state(house.owner)).toEqual(before)
  })

  test('no other operation asks', async () => {
    for (const operation of EVERY_OPERATION.filter(({ name }) => !fresh.some((other) => other.name === name)))
      expect(await asks(operation, null), operation.name).toBe(false)
  })

  test('switching app passwords off never waits for it', async () => {
    const operation = EVERY_OPERATION.find(({ name }) => name === 'app-passwords.switch')
    expect(operation && codeOf(await ask(operation, actorOf('user', null), { on: false }))).toBe('done')
  })
})

describe('T21 a page of another site', () => {
  test.each(EVERY_OPERATION.filter(({ method }) => method !== 'GET'))('cannot call $name', async (operation) => {
    const before = await state(house.owner)
    for (const who of ['user', 'anonymous', 'admin'] as const)
      expect(codeOf(await ask(operation, actorOf(who), exampleOf(operation, lin), false))).toBe('foreign_origin')
    expect(await state(house.owner)).toEqual(before)
  })

  test.each(EVERY_OPERATION.filter(({ method }) => method === 'GET'))('$name reads, and changes nothing', async (operation) => {
    const before = await state(house.owner)
    const reader = expected(operation).own.find((who) => who !== 'anonymous') ?? 'user'
    expect(codeOf(await ask(operation, actorOf(reader, 0, chen), exampleOf(operation, chen), false))).toBe('done')
    expect(await state(house.owner)).toEqual(before)
  })
})

describe('T19 the REST face', () => {
  let api: Api
  beforeAll(() => {
    api = apiOf(OPERATIONS, house)
  })
  const served = OPERATIONS.filter(({ path }) => path)

  test.each(served)('$name: nobody without a session or key gets further than 401', async (operation) => {
    if (operation.anonymous) return
    const headers: Record<string, string>[] = [{}, { cookie: 'posthouse=forged' }, { authorization: 'Bearer phk_forged' }]
    for (const sent of headers)
      expect(await api.status(operation, exampleOf(operation, lin), { origin: env().PUBLIC_URL, ...sent })).toBe(401)
  })

  test.each(served)('$name: a session opens its own mailbox and no other', async (operation) => {
    const { own, foreign } = MATRIX[operation.name] ?? { own: [], foreign: [] }
    const mayBe = async (of: Belongings) => {
      if ((await lin.person.actor()).kind === 'anonymous') await lin.person.signIn()
      return (await api.status(operation, exampleOf(operation, of), await api.signedIn(lin.person))) !== 403
    }
    expect(await mayBe(wang)).toBe(foreign.includes('user'))
    expect(await mayBe(lin)).toBe(own.includes('user'))
  })

  test.each(served)('$name: a key opens what the matrix says', async (operation) => {
    const key = await createApiKey(house.db, { name: 'dashboard', scopes: EVERY_OPERATION.map(({ name }) => name), days: 1 })
    const status = await api.status(operation, exampleOf(operation, lin), { authorization: `Bearer ${key}` })
    expect(status !== 403).toBe(MATRIX[operation.name]?.own.includes('apiKey'))
  })

  test.each(served.filter(({ method }) => method !== 'GET'))('T21 $name: without the portal’s Origin it is refused', async (operation) => {
    if ((await lin.person.actor()).kind === 'anonymous') await lin.person.signIn()
    const { cookie } = await api.signedIn(lin.person)
    for (const origin of [undefined, 'null', 'https://evil.example', 'http://127.0.0.1:3000.evil.example', 'http://127.0.0.1:3001'])
      expect(await api.status(operation, exampleOf(operation, lin), { cookie, ...(origin ? { origin } : {}) })).toBe(403)
  })

  test('no header and no other spelling of a path or method goes round the door', async () => {
    const tricks: [string, string, Record<string, string>?][] = [
      ['GET', '/mailboxes/me/phone', { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' }],
      ['GET', '/mailboxes/me/phone', { 'x-forwarded-user': lin.person.mailbox, 'x-posthouse-actor': 'system' }],
      ['GET', '/mailboxes//phone'],
      ['GET', '/mailboxes/me/phone/'],
      ['GET', '//mailboxes/me/phone'],
      ['GET', '/mailboxes/me%2Fphone'],
      ['GET', '/MAILBOXES/me/phone'],
      ['PUT', '/mailboxes/me/phone'],
      ['PATCH', '/mailboxes/me/phone', { 'x-http-method-override': 'GET' }],
    ]
    for (const [method, path, headers] of tricks)
      expect([401, 404, 405], `${method} ${path}`).toContain((await api.send(method, path, { headers })).status)
  })
})
