import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import type { Actor } from './actor.ts'
import { createApiKey } from './api-keys.ts'
import { env } from './env.ts'
import type { Operation, Result } from './operation.ts'
import { SCOPES, type Scope } from './scopes.ts'
import { BY_SCOPE, DESK, MATRIX, WHO, type Who } from './testing/authorisation-matrix.ts'
import { type Belongings, exampleOf, furnish } from './testing/belongings.ts'
import { state } from './testing/dump.ts'
import { EVERY_OPERATION } from './testing/every-operation.ts'
import { codeOf, type House, REQUEST, testHouse } from './testing/house.ts'
import { type Api, apiOf } from './testing/rest.ts'
import { verifyCaller, WARRANT } from './testing/verify-caller.ts'

const REFUSALS = [
  'unauthenticated',
  'forbidden',
  'caller_not_verified',
  'reason_needed',
  'foreign_origin',
  'step_up_required',
  'method_not_allowed',
]

let house: House
let lin: Belongings
let wang: Belongings
let chen: Belongings
/** Whose caller Lin and Chen, as staff, have verified. */
let zhao: Belongings
/** A supervisor, also verified: it opens nothing. */
let peer: Belongings
beforeAll(async () => {
  house = await testHouse()
  lin = await furnish(house, 'lin', 10)
  wang = await furnish(house, 'wang', 20)
  chen = await furnish(house, 'chen', 30)
  zhao = await furnish(house, 'zhao', 40)
  peer = await furnish(house, 'peer', 50)
  await house.owner`update directory_accounts set groups = '{helpdesk-leads}' where address = ${peer.person.mailbox}`
})
beforeEach(async () => {
  await house.forgetLimits()
  await house.owner`truncate caller_verifications`
  for (const of of [zhao, peer]) for (const by of [lin, chen]) await verifyCaller(house, by.person.mailbox, of.person.mailbox)
})

function actorOf(who: Who, authAge: number | null = 0, of = lin): Actor {
  const signedIn = { mailbox: of.person.mailbox, name: of.name, sessionId: crypto.randomUUID(), authAge }
  switch (who) {
    case 'anonymous':
      return { kind: who }
    case 'user':
      return { kind: who, ...signedIn }
    case 'apiKey':
      return { kind: who, id: 'dashboard', scopes: SCOPES }
    case 'system':
      return { kind: who, job: 'test' }
    default:
      return { kind: 'staff', roles: [who], ...signedIn }
  }
}

const ask = (operation: Operation, actor: Actor, input: unknown, ownOrigin = true, warrant: unknown = WARRANT): Promise<Result<unknown>> =>
  operation.execute({ actor, request: REQUEST, ownOrigin, warrant }, input, house)

/** Somebody who may, with whose mailbox: the owner, or staff for a verified caller. */
function rightful({ name }: Operation, person: Belongings): { who: Who; of: Belongings } {
  const { own, foreign, verified = foreign } = expectedOf(name)
  const who = own.includes('user') ? 'user' : (verified[0] ?? 'system')
  return { who, of: own.includes(who) ? person : zhao }
}

const asksWarrant = ({ staff, method }: Operation) => staff !== undefined && staff.warrant !== false && method !== 'GET'
const expectedOf = (name: string) => MATRIX[name] ?? { own: [], foreign: [] }

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
  const expected = expectedOf(operation.name)

  test('lets exactly these actors at their own mailbox', async () => {
    const allowed = []
    for (const who of WHO) {
      const code = codeOf(await ask(operation, actorOf(who), exampleOf(operation, lin)))
      if (!REFUSALS.includes(code)) allowed.push(who)
      else expect(code, who).toBe(who === 'anonymous' && !operation.anonymous ? 'unauthenticated' : 'forbidden')
    }
    expect(allowed).toEqual(expected.own)
  })

  test('lets exactly these actors at somebody else’s', async () => {
    const allowed = []
    for (const who of WHO) {
      const code = codeOf(await ask(operation, actorOf(who), exampleOf(operation, wang)))
      if (!REFUSALS.includes(code)) allowed.push(who)
    }
    expect(allowed).toEqual(expected.foreign)
  })

  test('T45 lets staff at that of a caller whom they have verified, and only with a reason and a ticket', async () => {
    const allowed = []
    const withoutWarrant = []
    for (const who of WHO) {
      const code = codeOf(await ask(operation, actorOf(who), exampleOf(operation, zhao)))
      if (!REFUSALS.includes(code)) allowed.push(who)
      // An import may be asked for a few times a minute only, as whomever.
      await house.forgetLimits()
      await verifyCaller(house, lin.person.mailbox, zhao.person.mailbox)
      const silent = codeOf(await ask(operation, actorOf(who), exampleOf(operation, zhao), true, null))
      if (silent === 'reason_needed') withoutWarrant.push(who)
    }
    const letIn = expected.verified ?? expected.foreign
    expect(allowed).toEqual(letIn)
    expect(withoutWarrant).toEqual(asksWarrant(operation) ? letIn.filter((who) => DESK.includes(who)) : [])
  })

  test('T45 lets no staff at that of a colleague', async () => {
    const allowed = []
    for (const who of WHO) {
      const code = codeOf(await ask(operation, actorOf(who), exampleOf(operation, peer)))
      if (!REFUSALS.includes(code)) allowed.push(who)
    }
    const strangers = operation.staff ? expected.foreign.filter((who) => !DESK.includes(who) && who !== 'apiKey') : expected.foreign
    expect(allowed).toEqual(strangers)
  })
})

describe('T46 a key', () => {
  const opened = async (scopes: readonly Scope[], of: Belongings) => {
    const names = []
    for (const operation of EVERY_OPERATION.filter(({ name }) => !expectedOf(name).own.includes('anonymous'))) {
      await house.forgetLimits()
      const code = codeOf(await ask(operation, { kind: 'apiKey', id: 'service desk', scopes }, exampleOf(operation, of)))
      if (!REFUSALS.includes(code)) names.push(operation.name)
    }
    return names
  }

  test.each(SCOPES)('T19 with the scope %s opens this and nothing else', async (scope) => {
    expect(await opened([scope], wang)).toEqual(BY_SCOPE[scope])
  })

  test('without a scope opens nothing', async () => {
    expect(await opened([], wang)).toEqual([])
  })

  test('T45 opens nothing of staff’s own, and nothing for which a person has to verify the caller or give a reason', async () => {
    const ofStaff = await opened(SCOPES, peer)
    expect(ofStaff).toEqual(EVERY_OPERATION.filter(({ scope, staff }) => scope && !staff).map(({ name }) => name))
    for (const { name, scope, staff, stepUp } of EVERY_OPERATION.filter(({ scope }) => scope))
      expect([name, staff?.verified ?? false, staff?.warrant ?? false, stepUp ?? false], scope).toEqual([name, false, false, false])
  })
})

describe('T18 a fresh proof of who it is', () => {
  const fresh = EVERY_OPERATION.filter(({ name }) => MATRIX[name]?.stepUp)
  const asks = async (operation: Operation, authAge: number | null) => {
    const { who, of } = rightful(operation, lin)
    const answer = await ask(operation, actorOf(who, authAge), exampleOf(operation, of))
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
    const { who, of } = rightful(operation, chen)
    expect(codeOf(await ask(operation, actorOf(who, 0, chen), exampleOf(operation, of), false))).toBe('done')
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
    const { own, foreign } = expectedOf(operation.name)
    const mayBe = async (of: Belongings) => {
      if ((await lin.person.actor()).kind === 'anonymous') await lin.person.signIn()
      return (await api.status(operation, exampleOf(operation, of), await api.signedIn(lin.person))) !== 403
    }
    expect(await mayBe(wang)).toBe(foreign.includes('user'))
    expect(await mayBe(lin)).toBe(own.includes('user'))
  })

  test.each(served.filter(({ staff }) => staff))('T45 $name: a session of staff opens it as the matrix says', async (operation) => {
    const { foreign, verified = foreign } = expectedOf(operation.name)
    const boss = await house.person(`boss-of-${operation.name.replace('.', '-')}`, { groups: ['helpdesk-leads'] })
    const ask = async (of: Belongings, warrant?: typeof WARRANT) =>
      api.status(
        operation,
        { ...exampleOf(operation, of), ...(warrant && operation.method !== 'GET' ? { warrant } : {}) },
        await api.signedIn(boss),
      )
    expect((await ask(wang, WARRANT)) !== 403).toBe(foreign.includes('supervisor'))
    for (const of of [zhao, peer]) await verifyCaller(house, boss.mailbox, of.person.mailbox)
    expect((await ask(zhao, WARRANT)) !== 403).toBe(verified.includes('supervisor'))
    expect(await ask(peer, WARRANT)).toBe(403)
    if (asksWarrant(operation) && verified.includes('supervisor')) expect(await ask(zhao)).toBe(400)
  })

  test.each(served)('$name: a key opens what the matrix says', async (operation) => {
    const key = await createApiKey(house.db, { name: operation.name, scopes: SCOPES, days: 1, owner: lin.person.mailbox })
    const status = await api.status(operation, exampleOf(operation, lin), { authorization: `Bearer ${key?.secret}` })
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
