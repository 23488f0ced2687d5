import { beforeAll, describe, expect, test } from 'vitest'
import { createAppPasswordOperation } from '#lib/features/app-passwords/operations.ts'
import { signInOperation } from '#lib/features/sso/operations.ts'
import { ERRORS } from './errors.ts'
import type { Operation, Result } from './operation.ts'
import { parsePhoneNumber } from './phone-number.ts'
import { type Belongings, exampleOf, furnish } from './testing/belongings.ts'
import { bindPhone } from './testing/bind-phone.ts'
import { state } from './testing/dump.ts'
import { EVERY_OPERATION } from './testing/every-operation.ts'
import { fewerOf, naughtyStrings, WRONG_VALUES } from './testing/hostile.ts'
import { anonymous, assertionFor, codeOf, done, type House, REQUEST, testHouse } from './testing/house.ts'

let house: House
let lin: Belongings
beforeAll(async () => {
  house = await testHouse()
  lin = await furnish(house, 'lin', 10)
})

/** The two that no browser reaches have their own callers; the rest are asked by a person. */
const callerOf = async ({ name }: Operation) => {
  if (name === 'sso.sign-in') return anonymous()
  if (name === 'sso.provider-logout') return { ...anonymous(), actor: { kind: 'system' as const, job: 'test' } }
  return { actor: await lin.person.actor(), request: REQUEST, ownOrigin: true }
}

const fieldsOf = (operation: Operation): string[] => Object.keys((operation.input as unknown as { shape?: object }).shape ?? {})

async function outcomesOf(results: Result<unknown>[]): Promise<Map<string, string>> {
  const references = results.map(({ reference }) => reference)
  const rows = await house.owner`select reference, code from audit_log where phase = 'outcome' and reference = any(${references})`
  return new Map(rows.map(({ reference, code }) => [reference, code]))
}

/** A group may have any name, and a contact that a server keeps has the id that the server gives it. */
const ANY_WORD = /^contacts\.(group (ids|add|remove)|merge ids|remove ids|export ids|(show|save) id)$/
const NONE_IS_RIGHT = /^contacts\.group (add|remove)$/

const isRight = (operation: Operation, field: string, value: unknown) =>
  Array.isArray(value) && `${value}` === 'x'
    ? ANY_WORD.test(`${operation.name} ${field}`)
    : Array.isArray(value) && value.length === 0 && NONE_IS_RIGHT.test(`${operation.name} ${field}`)

/** Fewer times a minute than there are wrong values. */
const isSeldom = ({ perMinute = 60 }: Operation) => perMinute < WRONG_VALUES.length

describe('T6 a value of the wrong type', () => {
  const browserReaches = EVERY_OPERATION.filter(({ name }) => !['sso.sign-in', 'sso.provider-logout', 'demo-phone.list'].includes(name))

  test.each(browserReaches)('is refused in every field of $name, with an audit row, and nothing is changed', async (operation) => {
    const caller = await callerOf(operation)
    const example = exampleOf(operation, lin)
    const before = await state(house.owner)
    const refused: { what: string; result: Result<unknown> }[] = []
    for (const field of fieldsOf(operation)) {
      for (const [what, value] of WRONG_VALUES) {
        // Some may be asked for but a few times a minute.
        await house.forgetLimits()
        const rightType =
          typeof example[field] === typeof value && typeof value !== 'string' && !(typeof value === 'number' && !(value > 0))
        if ((rightType && !Array.isArray(value)) || isRight(operation, field, value)) continue
        if (isSeldom(operation)) await house.forgetLimits()
        const result = await operation.execute(caller, { ...example, [field]: value }, house)
        refused.push({ what: `${what} as ${field}`, result })
      }
    }
    for (const { what, result } of refused) expect(codeOf(result), what).toMatch(/^(invalid_input|phone_invalid)$/)
    const outcomes = await outcomesOf(refused.map(({ result }) => result))
    for (const { what, result } of refused) expect(outcomes.get(result.reference), what).toBe(codeOf(result))
    expect(await state(house.owner)).toEqual(before)
  })

  test.each(browserReaches)('in place of the whole input of $name changes nothing', async (operation) => {
    const caller = await callerOf(operation)
    const before = await state(house.owner)
    for (const [what, value] of WRONG_VALUES) {
      await house.forgetLimits()
      if (value?.constructor === Object || value instanceof Date) continue
      if (isSeldom(operation)) await house.forgetLimits()
      expect(codeOf(await operation.execute(caller, value, house)), what).toBe('invalid_input')
    }
    expect(await state(house.owner)).toEqual(before)
  })

  test.each(['sso.sign-in', 'sso.provider-logout'])('in %s ends in a code that tells what is wrong', async (name) => {
    const operation = EVERY_OPERATION.find((candidate) => candidate.name === name) as Operation
    const caller = await callerOf(operation)
    for (const field of fieldsOf(operation)) {
      await house.forgetLimits()
      for (const [what, value] of WRONG_VALUES) {
        const code = codeOf(await operation.execute(caller, { ...exampleOf(operation, lin), [field]: value }, house))
        expect(code === 'done' || code in ERRORS, `${what} as ${field}`).toBe(true)
        expect(code, `${what} as ${field}`).not.toBe('unexpected')
      }
    }
  })

  test('a prototype is not a field', async () => {
    await house.forgetLimits()
    const person = await house.person('prototype')
    const polluted = JSON.parse('{"__proto__": {"mailbox": "lin@yunling.example", "on": true}, "constructor": {"on": true}}')
    const operation = EVERY_OPERATION.find(({ name }) => name === 'app-passwords.switch') as Operation
    expect(codeOf(await person.call(operation, polluted))).toBe('invalid_input')
    expect(({} as { on?: boolean }).on).toBeUndefined()
  })
})

describe('T28 a naughty string', () => {
  const strings = naughtyStrings()

  test('in a field with a form of its own is refused before anything else sees it', () => {
    const shaped = EVERY_OPERATION.flatMap((operation) =>
      fieldsOf(operation)
        .filter((field) => /^(id|flow|token|code|oldCode|expiresOn|before|limit)$/.test(field))
        .map((field) => ({ operation, field })),
    )
    expect(shaped.length).toBeGreaterThan(10)
    for (const { operation, field } of shaped) {
      const accepted = strings.filter((text) => operation.input.safeParse({ ...exampleOf(operation, lin), [field]: text }).success)
      // A sentence of twelve letters may be a recovery code.
      const meant = (text: string) => operation.name === 'reset.prove' && /^[a-z2-7\s-]{12,}$/i.test(text)
      const word = (text: string) => ANY_WORD.test(`${operation.name} ${field}`) && /^[\w.@-]+$/.test(text)
      const digits = /^(before|limit)$/.test(field) ? accepted.filter((text) => !/^\d+$/.test(text)) : accepted
      expect(
        digits.filter((text) => !meant(text) && !word(text)),
        `${operation.name} ${field}`,
      ).toEqual([])
    }
  })

  test('as a mailbox is refused by the door, whatever it means to SQL, LDAP or IMAP', async () => {
    const person = await house.person('curious')
    const operation = EVERY_OPERATION.find(({ name }) => name === 'phone.show') as Operation
    for (const text of fewerOf(strings)) {
      if (text === '') continue
      await house.owner`delete from rate_hits`
      const result = await person.call(operation, { mailbox: text })
      expect(codeOf(result), JSON.stringify(text)).toMatch(/^(invalid_input|forbidden)$/)
    }
  })

  test('as a phone number is a number or refused', () => {
    for (const text of strings) {
      try {
        expect(parsePhoneNumber(text).number).toMatch(/^\+[1-9]\d{6,14}$/)
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^phone_/) })
      }
    }
  })

  test('as the name of an app password is refused or kept as it is, and every job it leads to does its work', async () => {
    const person = await house.person('naughty')
    await bindPhone(house, person.mailbox, '+8613800138000')
    await house.owner`update mail_accounts set app_passwords_on = true where mailbox = ${person.mailbox}`
    const kept: string[] = []
    for (const text of fewerOf(strings)) {
      if (!createAppPasswordOperation.input.safeParse({ mailbox: 'a@b', name: text, days: 30, protocols: ['imap'] }).success) continue
      const result = await person.call(createAppPasswordOperation, { name: text, days: 30, protocols: ['imap'], sms: true })
      expect(done(result).name, JSON.stringify(text)).toBe(text.normalize('NFC').trim())
      kept.push(text)
      await house.owner`delete from rate_hits`
      if (kept.length % 20 === 0) await house.owner`update app_passwords set revoked_at = now() where mailbox = ${person.mailbox}`
    }
    expect(kept.length).toBeGreaterThan(15)
    await house.work()
    await expectPlainMails(person.mailbox, kept.length)
    expect(await house.owner`select from sms_messages where mailbox = ${person.mailbox} and state <> 'delivered'`).toHaveLength(0)
  })

  test('in what the provider or the browser says is stored as text or refused, and the notice of it is an ordinary mail', async () => {
    const person = await house.person('visitor')
    const cleaned = (text: string) => text.replace(/[\r\n\0]/g, '').slice(0, 400)
    const ip = (n: number) => `198.51.${n % 250}.7`
    let signedIn = 0
    for (const [n, text] of fewerOf(strings).entries()) {
      const assertion = { ...assertionFor('visitor'), name: text, idpSession: text, logoutHint: text, groups: [text] }
      const request = { ...REQUEST, ip: ip(n), userAgent: cleaned(text) }
      const result = await signInOperation.execute(anonymous(request), assertion, house)
      if (n % 50 === 0) await house.forgetLimits()
      if (result.ok) signedIn++
      else expect(result.code, JSON.stringify(text)).toBe('invalid_input')
    }
    expect(signedIn).toBeGreaterThan(20)
    await house.work()
    await expectPlainMails(person.mailbox)
  })

  async function expectPlainMails(mailbox: string, count?: number): Promise<void> {
    const { default: PostalMime } = await import('postal-mime')
    const mails = await house.owner`select raw from mailbox_messages where address = ${mailbox}`
    if (count) expect(mails).toHaveLength(count)
    for (const { raw } of mails) {
      const { to, cc, bcc, headers, subject } = await PostalMime.parse(raw)
      expect([to?.map((one) => one.address), cc, bcc]).toEqual([[mailbox], undefined, undefined])
      expect(headers.filter(({ key }) => key === 'subject')).toHaveLength(1)
      expect(subject).toBeTruthy()
    }
  }
})
