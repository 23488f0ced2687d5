import { encode } from 'next-auth/jwt'
import { beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from './crypto.ts'
import { env } from './env.ts'
import { cookieFor, endSession, endSessionsOf, resolveSession, SESSION_MAX_SECONDS, sessionCookie, sidOf, startSession } from './session.ts'
import { everyCell, placesOf } from './testing/dump.ts'
import { type House, type Person, testHouse } from './testing/house.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})

let people = 0
const user = () => house.person(`user${++people}`)
const agent = () => house.person(`agent${++people}`, { groups: ['helpdesk'] })
const stateOf = async ({ sid }: Person) => {
  const { actor, reason } = await resolveSession(house.db, sid)
  return reason ?? actor.kind
}

describe('T15 a session', () => {
  test('is 256 bits that stand hashed in the database and nowhere else', async () => {
    const lin = await user()
    expect(Buffer.from(lin.sid, 'base64url')).toHaveLength(32)
    expect(placesOf(await everyCell(house.owner), lin.sid)).toEqual([])
    const [row] = await house.owner`select sid_hash from sessions where mailbox = ${lin.mailbox}`
    expect(Buffer.from(row?.sid_hash)).toEqual(Buffer.from(sha256(lin.sid)))
  })

  test.each([
    { who: 'a user', somebody: user, idle: '30 minutes', most: '12 hours' },
    { who: 'staff', somebody: agent, idle: '15 minutes', most: '8 hours' },
  ])('of $who ends after $idle without a request, and at the latest after $most', async ({ somebody, idle, most }) => {
    const [away, busy] = [await somebody(), await somebody()]
    const shift = (person: Person, column: string, by: string) =>
      house.owner`update sessions set ${house.owner(column)} = now() - ${by}::interval where mailbox = ${person.mailbox}`
    const live = (await away.actor()).kind

    await shift(away, 'last_seen_at', `${idle} -10 seconds`)
    expect(await stateOf(away)).toBe(live)
    await shift(away, 'last_seen_at', idle)
    expect(await stateOf(away)).toBe('idle')

    await shift(busy, 'created_at', `${most} -10 seconds`)
    expect(await stateOf(busy)).toBe(live)
    await shift(busy, 'created_at', most)
    expect(await stateOf(busy)).toBe('expired')
  })

  test('goes on with every request', async () => {
    const lin = await user()
    for (let n = 0; n < 3; n++) {
      await house.later('29 minutes')
      expect(await stateOf(lin)).toBe('user')
    }
  })

  test('does not go on because an open page listens for news', async () => {
    const staff = await agent()
    await house.later('14 minutes')
    expect((await resolveSession(house.db, staff.sid, { watching: true })).actor.kind).toBe('staff')
    await house.later('2 minutes')
    expect((await resolveSession(house.db, staff.sid, { watching: true })).reason).toBe('idle')
  })

  test('that is over stays over, and says why', async () => {
    const lin = await user()
    await house.later('31 minutes')
    expect(await stateOf(lin)).toBe('idle')
    await house.owner`update sessions set last_seen_at = now(), created_at = now() where mailbox = ${lin.mailbox}`
    expect(await stateOf(lin)).toBe('idle')
  })

  test('is revoked at once, on every instance', async () => {
    const lin = await user()
    const second = house.second()
    await endSession(house.db, { sid: lin.sid }, 'ended')
    expect((await resolveSession(second.db, lin.sid)).reason).toBe('ended')
  })

  test('keeps the first reason that it ended for', async () => {
    const lin = await user()
    await endSession(house.db, { sid: lin.sid }, 'security')
    await endSession(house.db, { sid: lin.sid }, 'signed_out')
    expect(await endSessionsOf(house.db, lin.mailbox, 'ended')).toBe(0)
    expect(await stateOf(lin)).toBe('security')
  })

  test.each(['', 'x', '\u0000', "' or true --", undefined])('is not opened by %j', async (sid) => {
    expect(await resolveSession(house.db, sid)).toEqual({ actor: { kind: 'anonymous' }, reason: 'none' })
  })

  test('is not opened by its hash', async () => {
    const lin = await user()
    const hash = Buffer.from(sha256(lin.sid))
    for (const form of ['hex', 'base64', 'base64url', 'latin1'] as const)
      expect((await resolveSession(house.db, hash.toString(form))).reason).toBe('none')
  })

  test('has the roles of this site and no others', async () => {
    const lin = await agent()
    await house.owner`update sessions set roles = '{agent,root,__proto__}' where mailbox = ${lin.mailbox}`
    expect(await lin.actor()).toMatchObject({ kind: 'staff', roles: ['agent'] })
  })
})

describe('T18 the age of the proof', () => {
  const ageOf = async (person: Person) => {
    const actor = await person.actor()
    return 'authAge' in actor ? actor.authAge : undefined
  }

  test('F11 is told by the database’s clock', async () => {
    const lin = await user()
    expect(await ageOf(lin)).toBeLessThan(30)
    await house.later('10 minutes')
    expect(await ageOf(lin)).toBeGreaterThanOrEqual(600)
  })

  test('is unknown when the provider does not say', async () => {
    expect(await ageOf(await house.person(`silent${++people}`, { authTime: null }))).toBeNull()
  })

  test('is never less than nothing: a provider whose clock is ahead gives no longer freshness', async () => {
    const ahead = await house.person(`ahead${++people}`, { authTime: new Date(Date.now() + 3_600_000) })
    expect(await ageOf(ahead)).toBeGreaterThanOrEqual(0)
    await house.later('10 minutes')
    expect(await ageOf(ahead)).toBeGreaterThanOrEqual(600)
  })
})

describe('T15 the cookie', () => {
  test('holds the id, readable with our secret only', async () => {
    const cookie = await cookieFor('the-id')
    expect(cookie).not.toContain('the-id')
    expect(await sidOf(cookie)).toBe('the-id')
  })

  test.each([
    ['none', () => undefined],
    ['nothing', () => ''],
    ['garbage', () => 'x.y.z'],
    ['one made with another secret', () => encode({ token: { sid: 'x' }, secret: 'another-secret-of-the-right-length' })],
    ['one that is too old', () => encode({ token: { sid: 'x' }, secret: env().SESSION_SECRET, maxAge: -60 })],
    ['one without an id', () => encode({ token: { name: 'lin', email: 'lin@yunling.example' }, secret: env().SESSION_SECRET })],
    ['one whose id is no text', () => encode({ token: { sid: { $ne: null } }, secret: env().SESSION_SECRET })],
    ['next-auth’s for another purpose', () => encode({ token: { sid: 'x' }, secret: env().SESSION_SECRET, salt: 'next-auth.state' })],
  ])('T16 is nobody’s when it is %s', async (_, cookie) => {
    expect(await sidOf(await cookie())).toBeUndefined()
  })

  test('is out of reach of scripts and other sites, and bound to this host where there is TLS', () => {
    expect(sessionCookie()).toEqual({ name: 'posthouse', options: { httpOnly: true, sameSite: 'lax', path: '/', secure: false } })
    const settings = env()
    const before = settings.PUBLIC_URL
    settings.PUBLIC_URL = 'https://mail.yunling.example'
    expect(sessionCookie()).toMatchObject({
      name: '__Host-posthouse',
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
    })
    settings.PUBLIC_URL = before
    expect(SESSION_MAX_SECONDS).toBe(12 * 3_600)
  })
})

test('F12 fifty sign-ins at once are fifty sessions', async () => {
  const lin = await user()
  const session = { mailbox: lin.mailbox, name: '', roles: [], iss: 'i', sub: 's', idpSession: null, logoutHint: null, authTime: null }
  const rest = { ip: null, network: null, userAgent: null, unusual: false }
  const started = await Promise.all(Array.from({ length: 50 }, () => startSession(house.db, { ...session, ...rest })))
  expect(new Set(started.map(({ sid }) => sid)).size).toBe(50)
  expect(await endSessionsOf(house.db, lin.mailbox, 'ended', started[0]?.id)).toBe(50)
  expect((await resolveSession(house.db, started[0]?.sid)).actor.kind).toBe('user')
})
