import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAppPasswordOperation, switchAppPasswordsOperation } from '#lib/features/app-passwords/operations.ts'
import { blindIndex } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { resolveSession } from '#lib/platform/session.ts'
import { anonymous, codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { codeTo } from '#lib/platform/testing/texts.ts'
import {
  cancelChangeOperation,
  checkCancelLinkOperation,
  confirmBindingOperation,
  showPhoneOperation,
  startBindingOperation,
} from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
const newNumber = () => `+86139${String(71_000_000 + ++people * 1_000).padStart(8, '0')}`
const masked = (number: string) => `${number.slice(3, 6)}****${number.slice(-4)}`

async function bind(person: Person, number: string) {
  const { id: flow } = done(await person.call(startBindingOperation, { number }))
  const code = codeTo(await house.texts(person.mailbox), number)
  done(await person.call(confirmBindingOperation, { flow, code }))
  await house.forgetLimits()
}

async function personWithPhone() {
  const person = await house.person(`owner${++people}`)
  const number = newNumber()
  await bind(person, number)
  done(await person.call(switchAppPasswordsOperation, { on: true }))
  return { person, number }
}

/** Whoever has the session and both phones in hand changes the number. */
async function change(person: Person, old: string) {
  const number = newNumber()
  const { id: flow } = done(await person.call(startBindingOperation, { number }))
  const texts = await house.texts(person.mailbox)
  const codes = { code: codeTo(texts, number), oldCode: codeTo(texts, old) }
  const { coolingUntil } = done(await person.call(confirmBindingOperation, { flow, ...codes }))
  await house.forgetLimits()
  const told = (await house.texts(person.mailbox)).at(-1)
  const token = /\/link\/([\w-]{43})\b/.exec(told?.body ?? '')?.[1] ?? ''
  return { number, coolingUntil, told, token }
}

const cancel = (token: string) => cancelChangeOperation.execute(anonymous(), { token }, house)
const NEW_APP_PASSWORD = { name: 'iPhone', days: 30, protocols: ['imap'] }

describe('T11 a change of the bound phone', () => {
  test('needs the codes of both numbers, sent to both', async () => {
    const { person, number: old } = await personWithPhone()
    const number = newNumber()
    const flow = done(await person.call(startBindingOperation, { number }))
    expect(flow).toMatchObject({ kind: 'change', masked: masked(number), oldMasked: masked(old) })
    const texts = await house.texts(person.mailbox)
    expect(texts.slice(-2).map(({ to }) => to)).toEqual(expect.arrayContaining([number, old]))
    const code = codeTo(texts, number)
    const result = await person.call(confirmBindingOperation, { flow: flow.id, code })
    expect(result).toMatchObject({ ok: false, code: 'code_wrong', fields: ['oldCode'] })
    expect(done(await person.call(showPhoneOperation)).bound?.masked).toBe(masked(old))
  })

  test('T18 needs a fresh proof of who it is', async () => {
    const { person } = await personWithPhone()
    await house.later('11 minutes')
    expect(codeOf(await person.call(startBindingOperation, { number: newNumber() }))).toBe('step_up_required')
  })

  test('is refused when the number stays the same', async () => {
    const { person, number } = await personWithPhone()
    expect(codeOf(await person.call(startBindingOperation, { number }))).toBe('phone_same')
  })

  test('for 72 hours no app password can be made and the number not changed again; after that both can', async () => {
    const { person, number: old } = await personWithPhone()
    const { number, coolingUntil } = await change(person, old)
    expect(coolingUntil?.getTime()).toBeGreaterThan(Date.now() + 71 * 3_600_000)
    for (const passed of ['1 minute', '71 hours 58 minutes']) {
      await house.later(passed)
      await person.signIn()
      const result = await person.call(createAppPasswordOperation, NEW_APP_PASSWORD)
      expect(result).toMatchObject({ ok: false, code: 'phone_cooling_off', values: { until: expect.stringMatching(/^\d{4}-/) } })
      expect(codeOf(await person.call(startBindingOperation, { number: newNumber() }))).toBe('phone_cooling_off')
      expect(codeOf(await person.call(startBindingOperation, { number: old }))).toBe('phone_cooling_off')
    }
    await house.later('2 minutes')
    await person.signIn()
    expect(done(await person.call(showPhoneOperation)).bound).toMatchObject({ masked: masked(number), coolingUntil: null })
    done(await person.call(createAppPasswordOperation, NEW_APP_PASSWORD))
    expect((await change(person, number)).coolingUntil).not.toBeNull()
  })

  test('T7 tells the old number and the mailbox, each with the link that cancels, made of PUBLIC_URL alone', async () => {
    const { person, number: old } = await personWithPhone()
    const { told, number } = await change(person, old)
    expect(told).toMatchObject({ to: old, purpose: 'phone_changed' })
    expect(told?.body).toContain(masked(number))
    expect(told?.body).toMatch(new RegExp(`${env().PUBLIC_URL}/link/[\\w-]{43}$`))
    await house.work()
    const mails = await house.owner`select raw from mailbox_messages where address = ${person.mailbox} order by received_at`
    const mail = Buffer.from(mails.at(-1)?.raw).toString()
    expect(mail).toContain(`${env().PUBLIC_URL}/link/`)
  })

  test('the link shows without changing anything, then puts the old number back and ends all sessions', async () => {
    const { person, number: old } = await personWithPhone()
    const thief = person.sid
    const { token } = await change(person, old)
    await person.signIn()
    for (let n = 0; n < 3; n++) done(await checkCancelLinkOperation.execute(anonymous(), { token }, house))

    done(await cancel(token))
    for (const sid of [thief, person.sid])
      expect(await resolveSession(house.db, sid)).toEqual({ actor: { kind: 'anonymous' }, reason: 'security' })
    await person.signIn()
    expect(done(await person.call(showPhoneOperation)).bound).toMatchObject({ masked: masked(old), coolingUntil: null })
    done(await person.call(createAppPasswordOperation, NEW_APP_PASSWORD))
    expect(codeOf(await cancel(token))).toBe('link_invalid')
    const kinds = await house.owner`select kind from notices where mailbox = ${person.mailbox} order by created_at`
    expect(kinds.map(({ kind }) => kind)).toContain('phone_change_cancelled')
  })

  test('the link acts once, also when it is followed fifty times at once', async () => {
    const { person, number: old } = await personWithPhone()
    const { token } = await change(person, old)
    const codes = (await Promise.all(Array.from({ length: 50 }, () => cancel(token)))).map(codeOf)
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set(['done', 'link_invalid']))
  })

  test('the link is of no use after the 72 hours, and a made-up one never', async () => {
    const { person, number: old } = await personWithPhone()
    const { token, number } = await change(person, old)
    expect(codeOf(await cancel('A'.repeat(43)))).toBe('link_invalid')
    await house.later('72 hours')
    expect(codeOf(await cancel(token))).toBe('link_invalid')
    await person.signIn()
    expect(done(await person.call(showPhoneOperation)).bound?.masked).toBe(masked(number))
  })

  test('the audit of a followed link names the mailbox, not the token', async () => {
    const { person, number: old } = await personWithPhone()
    const { token } = await change(person, old)
    done(await cancel(token))
    const rows = await house.owner`select * from audit_log where operation = 'phone.cancel-change' and mailbox = ${person.mailbox}`
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(await house.owner`select * from audit_log`)).not.toContain(token)
  })

  test('the number that may come back keeps its place among the three', async () => {
    const { person, number: old } = await personWithPhone()
    const { token } = await change(person, old)
    for (const name of ['first', 'second']) await bind(await house.person(name), old)
    expect(codeOf(await (await house.person('third')).call(startBindingOperation, { number: old }))).toBe('phone_taken')
    done(await cancel(token))
    const [bound] = await house.owner`select count(*)::int as n from phones where number_index = ${blindIndex(old)}`
    expect(bound?.n).toBe(3)
  })

  test('the old number is forgotten when the cooling-off is over', async () => {
    const { person, number: old } = await personWithPhone()
    await change(person, old)
    await house.later('73 hours')
    const { phoneJobs } = await import('./jobs.ts')
    await phoneJobs.tasks['phone.forget']?.({}, house)
    const [row] = await house.owner`select previous_cipher, previous_index, cooling_until from phones where mailbox = ${person.mailbox}`
    expect(row).toEqual({ previous_cipher: null, previous_index: null, cooling_until: null })
    expect(await house.owner`select from phone_flows where mailbox = ${person.mailbox}`).toHaveLength(0)
  })
})
