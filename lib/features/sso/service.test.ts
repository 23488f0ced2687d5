import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertAccount } from '#db/factories.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { resolveSession } from '#lib/platform/session.ts'
import { addressOf, anonymous, assertionFor, codeOf, done, type House, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import {
  endOtherSessionsOperation,
  endSessionOperation,
  listSessionsOperation,
  providerLogoutOperation,
  reviewSignInOperation,
  signInOperation,
  signOutOperation,
} from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
const newName = () => `user${++people}`
const signIn = (assertion: object, request = REQUEST) => signInOperation.execute(anonymous(request), assertion, house)
const reasonOf = async (sid: string) => (await resolveSession(house.db, sid)).reason

describe('T16 who a person is', () => {
  test('is the provider’s name and its name for the person: the mailbox is found once and stays', async () => {
    const name = newName()
    const lin = await house.person(name)
    await insertAccount(house.db, { address: addressOf(`${name}-new`) })
    const { sid } = done(await signIn({ ...assertionFor(name), mailbox: addressOf(`${name}-new`) }))
    expect((await resolveSession(house.db, sid)).actor).toMatchObject({ kind: 'user', mailbox: lin.mailbox })
  })

  test('another person of the same provider does not get the mailbox by naming it', async () => {
    const name = newName()
    await house.person(name)
    expect(codeOf(await signIn({ ...assertionFor(name), sub: 'mallory' }))).toBe('identity_conflict')
  })

  test('nobody gets in without a mailbox in the directory, or with a disabled account', async () => {
    expect(codeOf(await signIn(assertionFor(newName())))).toBe('no_mailbox')
    expect(codeOf(await signIn({ ...assertionFor(newName()), mailbox: '' }))).toBe('no_mailbox')
    const name = newName()
    await house.person(name)
    await house.owner`update directory_accounts set disabled = true where address = ${addressOf(name)}`
    expect(codeOf(await signIn(assertionFor(name)))).toBe('account_disabled')
  })

  test('F14 somebody who is known gets in while the directory does not answer; a stranger does not', async () => {
    const name = newName()
    await house.person(name)
    const find = () => Promise.reject(new MailCoreError('unreachable'))
    const away = { ...house, mail: { ...house.mail, directory: { ...house.mail.directory, find } } }
    expect(codeOf(await signInOperation.execute(anonymous(), assertionFor(name), away))).toBe('done')
    expect(codeOf(await signInOperation.execute(anonymous(), assertionFor(newName()), away))).toBe('mail_unreachable')
  })

  test('ten first sign-ins of two people at once tie the mailbox to one of them', async () => {
    const name = newName()
    await insertAccount(house.db, { address: addressOf(name) })
    const subs = Array.from({ length: 10 }, (_, n) => (n % 2 ? 'first' : 'second'))
    const results = await Promise.all(subs.map((sub) => signIn({ ...assertionFor(name), sub: `${name}-${sub}` })))
    const winners = new Set(subs.filter((_, n) => results[n]?.ok))
    expect(winners.size).toBe(1)
    expect(results.filter(({ ok }) => ok)).toHaveLength(5)
  })

  test('only a signed-out browser signs in: a session is not turned into another', async () => {
    const lin = await house.person(newName())
    expect(codeOf(await lin.call(signInOperation, assertionFor(newName())))).toBe('forbidden')
  })

  test.each([
    ['groups that name no role', ['students'], 'user', undefined],
    ['the group of a role', ['students', 'helpdesk'], 'staff', ['agent']],
    ['two roles', ['mail-admins', 'mail-audit'], 'staff', ['auditor', 'admin']],
  ])('%s', async (_, groups, kind, roles) => {
    const person = await house.person(newName(), { groups })
    expect(await person.actor()).toMatchObject({ kind, ...(roles ? { roles } : {}) })
  })
})

describe('T15 a session id', () => {
  test('is new at every sign-in, and the one that the browser brought is dead', async () => {
    const lin = await house.person(newName())
    const preset = lin.sid
    const { sid } = done(await signIn({ ...assertionFor(lin.mailbox.split('@')[0] ?? ''), previousSid: preset }))
    expect(sid).not.toBe(preset)
    expect(await reasonOf(preset)).toBe('rotated')
  })

  test('of somebody else, preset in the victim’s browser, is dead after the victim signed in', async () => {
    const mallory = await house.person(newName())
    const name = newName()
    await insertAccount(house.db, { address: addressOf(name) })
    const { sid } = done(await signIn({ ...assertionFor(name), previousSid: mallory.sid }))
    expect(await reasonOf(mallory.sid)).toBe('rotated')
    expect((await resolveSession(house.db, sid)).actor).toMatchObject({ mailbox: addressOf(name) })
  })

  test('that was made up is nobody’s, before and after a sign-in that brought it', async () => {
    const name = newName()
    const lin = await house.person(name)
    const madeUp = 'x'.repeat(43)
    expect(await reasonOf(madeUp)).toBe('none')
    done(await signIn({ ...assertionFor(name), previousSid: madeUp }))
    expect(await reasonOf(madeUp)).toBe('none')
    expect(lin.sid).not.toBe(madeUp)
  })
})

describe('my sessions', () => {
  test('show where each came from and which is in use', async () => {
    const lin = await house.person(newName())
    const first = lin.sid
    await lin.signIn()
    const { live, recent } = done(await lin.call(listSessionsOperation))
    expect(live).toHaveLength(2)
    expect(live.filter(({ current }) => current)).toHaveLength(1)
    expect(live[0]).toMatchObject({ ip: REQUEST.ip, browser: 'Safari', system: 'macOS', current: true })
    expect(recent).toHaveLength(2)
    expect(JSON.stringify(live)).not.toContain(first)
  })

  test('one is ended at once', async () => {
    const lin = await house.person(newName())
    const old = lin.sid
    await lin.signIn()
    const other = done(await lin.call(listSessionsOperation)).live.find(({ current }) => !current)
    done(await lin.call(endSessionOperation, { id: other?.id }))
    expect(await reasonOf(old)).toBe('ended')
    expect((await lin.actor()).kind).toBe('user')
  })

  test('all others are ended, the one in use stays', async () => {
    const lin = await house.person(newName())
    const old = lin.sid
    await lin.signIn()
    await lin.signIn()
    expect(done(await lin.call(endOtherSessionsOperation))).toEqual({ ended: 2 })
    expect(await reasonOf(old)).toBe('ended')
    expect((await lin.actor()).kind).toBe('user')
  })

  test('T34 somebody else’s is not found, and stays', async () => {
    const [lin, mallory] = [await house.person(newName()), await house.person(newName())]
    const id = done(await lin.call(listSessionsOperation)).live[0]?.id
    for (const mailbox of [undefined, mallory.mailbox]) {
      expect(codeOf(await mallory.call(endSessionOperation, { mailbox, id }))).toBe('not_found')
      expect(codeOf(await mallory.call(reviewSignInOperation, { mailbox, id, mine: false }))).toBe('not_found')
    }
    expect(codeOf(await mallory.call(endSessionOperation, { mailbox: lin.mailbox, id }))).toBe('forbidden')
    expect((await lin.actor()).kind).toBe('user')
  })

  test('signing out ends the session and hands out what the provider wants to see', async () => {
    const name = newName()
    const lin = await house.person(name)
    expect(done(await lin.call(signOutOperation))).toEqual({ logoutHint: `hint-${name}`, idpSession: `idp-${name}` })
    expect(await reasonOf(lin.sid)).toBe('signed_out')
    expect(codeOf(await lin.call(signOutOperation))).toBe('unauthenticated')
  })
})

describe('single logout', () => {
  const byProvider = (input: object) =>
    providerLogoutOperation.execute(
      { actor: { kind: 'system', job: 'sso.provider-logout' }, request: { ip: null, userAgent: null, locale: 'en' }, ownOrigin: true },
      { iss: 'https://id.yunling.example', idpSession: null, sub: null, ...input },
      house,
    )

  test('of one session of the provider', async () => {
    const name = newName()
    const lin = await house.person(name)
    expect(done(await byProvider({ idpSession: `idp-${name}` }))).toEqual({ ended: 1 })
    expect(await reasonOf(lin.sid)).toBe('provider')
  })

  test('of everything of a person', async () => {
    const name = newName()
    const lin = await house.person(name)
    const old = lin.sid
    await lin.signIn()
    expect(done(await byProvider({ sub: name }))).toEqual({ ended: 2 })
    expect([await reasonOf(old), await reasonOf(lin.sid)]).toEqual(['provider', 'provider'])
  })

  test('another provider’s word, or one that names nobody, ends nothing', async () => {
    const name = newName()
    const lin = await house.person(name)
    expect(done(await byProvider({ iss: 'https://evil.example', sub: name }))).toEqual({ ended: 0 })
    expect(done(await byProvider({}))).toEqual({ ended: 0 })
    expect(done(await byProvider({ idpSession: '' }))).toEqual({ ended: 0 })
    expect((await lin.actor()).kind).toBe('user')
  })
})

describe('an unusual sign-in', () => {
  const ABROAD = { ...REQUEST, ip: '203.0.113.7' }

  test('is one from a network that is new to the person; the first ever is not', async () => {
    const name = newName()
    const lin = await house.person(name)
    await lin.signIn()
    done(await signIn(assertionFor(name), ABROAD))
    const { recent } = done(await lin.call(listSessionsOperation))
    expect(recent.map(({ unusual }) => unusual)).toEqual([true, false, false])
    await house.work()
    const mails = await house.owner`select raw from mailbox_messages where address = ${lin.mailbox}`
    expect(mails).toHaveLength(1)
    expect(Buffer.from(mails[0]?.raw).toString()).toContain('203.0.113.7')
  })

  test('that was not mine is ended at once; one that was stays', async () => {
    const name = newName()
    const lin = await house.person(name)
    const { sid } = done(await signIn(assertionFor(name), ABROAD))
    const strange = done(await lin.call(listSessionsOperation)).recent.find(({ unusual }) => unusual)
    done(await lin.call(reviewSignInOperation, { id: strange?.id, mine: true }))
    expect(await reasonOf(sid)).toBeUndefined()
    done(await lin.call(reviewSignInOperation, { id: strange?.id, mine: false }))
    expect(await reasonOf(sid)).toBe('security')
  })
})
