import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listSessionsOperation } from '#lib/features/sso/operations.ts'
import { hashPassword } from '#lib/mail-core/directory/sql.ts'
import { resolveSession } from '#lib/platform/session.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { passwordJobs } from './jobs.ts'
import { changePasswordOperation, makeRecoveryCodesOperation, showPasswordOperation } from './operations.ts'

const OLD = 'the old sentence of before'
const NEW = '滇池的海鸥十一月回来看我们大家了'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
async function somebody(): Promise<Person> {
  const person = await house.person(`c${++people}`)
  await house.owner`update directory_accounts set password_hash = ${await hashPassword(OLD)} where address = ${person.mailbox}`
  return person
}
const change = (person: Person, next = NEW, current = OLD) => person.call(changePasswordOperation, { current, next })
const opens = async ({ mailbox }: Person, password: string) => (await house.mail.directory.authenticate(mailbox, password)).ok

describe('changing the password', () => {
  test('takes the present one, ends every other session and tells the owner', async () => {
    const lin = await somebody()
    const { sid: elsewhere } = lin
    await lin.signIn()
    done(await lin.call(listSessionsOperation))
    expect(done(await change(lin))).toMatchObject({ sessionsEnded: 1 })
    expect([await opens(lin, NEW), await opens(lin, OLD)]).toEqual([true, false])
    expect((await resolveSession(house.db, lin.sid)).actor.kind).toBe('user')
    expect((await resolveSession(house.db, elsewhere)).reason).toBe('security')
    await house.work()
    expect((await lettersTo(house, lin.mailbox)).at(-1)?.subject).toMatch(/Password changed/)
  })

  test.each([
    ['a wrong present one', NEW, 'not this', 'password_wrong', 'current'],
    ['T6 an empty present one', NEW, '', 'invalid_input', 'current'],
    ['the same again', OLD, OLD, 'password_reused', 'next'],
    ['T6 an empty new one', '', OLD, 'invalid_input', 'next'],
    ['a short one', 'shorter', OLD, 'password_too_short', 'next'],
    ['one of 5,000 characters', '山水'.repeat(2_500), OLD, 'password_too_long', 'next'],
    ['one with NUL', `${NEW}\0${NEW}`, OLD, 'invalid_input', 'next'],
    ['one with a line break', `${NEW}\n${NEW}`, OLD, 'password_characters', 'next'],
    ['T13 a common one', 'iloveyou1234567', OLD, 'password_common', 'next'],
  ])('is refused with %s, and nothing changes', async (_, next, current, code, field) => {
    const lin = await somebody()
    expect(await change(lin, next, current)).toMatchObject({ ok: false, code, fields: [field] })
    expect(await opens(lin, OLD)).toBe(true)
    expect((await resolveSession(house.db, lin.sid)).actor.kind).toBe('user')
  })

  test.each([
    ['emoji', '🐎🏮 a post horse and a lantern 🏮🐎'],
    ['combining characters', 'cafe\u0301 au lait a\u0300 la cre\u0300me'],
    ['spaces at both ends', '  a sentence between two gaps  '],
    ['quotes and backslashes', `it's "quoted" \\ and {braced} (so)`],
    ['T13 64 Chinese characters', '一行白鹭上青天窗含西岭千秋雪门泊东吴万里船两个黄鹂鸣翠柳'.repeat(3).slice(0, 64)],
  ])('takes %s as they are', async (_, next) => {
    const lin = await somebody()
    done(await change(lin, next))
    expect(await opens(lin, next)).toBe(true)
    expect(await opens(lin, next.slice(0, -1))).toBe(false)
  })

  test('T13 composed or not, it is one password', async () => {
    const lin = await somebody()
    done(await change(lin, 'cafe\u0301 au lait a\u0300 la cre\u0300me'))
    expect(await opens(lin, 'caf\u00e9 au lait \u00e0 la cr\u00e8me')).toBe(true)
  })

  test('T9 a stolen session cannot lock the account by wrong passwords', async () => {
    const lin = await somebody()
    for (let n = 0; n < 5; n++) expect(codeOf(await change(lin, NEW, `wrong ${n}`))).toBe('password_wrong')
    for (let n = 0; n < 6; n++) expect(codeOf(await change(lin, NEW, `wrong ${n}`))).toBe('rate_limited')
    expect(await opens(lin, OLD)).toBe(true)
  })

  test('T18 needs a sign-in of the last ten minutes', async () => {
    const lin = await somebody()
    await lin.signIn({ authTime: new Date(Date.now() - 11 * 60_000) })
    expect(codeOf(await change(lin))).toBe('step_up_required')
    expect(codeOf(await lin.call(makeRecoveryCodesOperation))).toBe('step_up_required')
  })

  test('is told truly when the account is locked or disabled', async () => {
    const lin = await somebody()
    for (let n = 0; n < 10; n++) await house.mail.directory.authenticate(lin.mailbox, 'wrong')
    expect(codeOf(await change(lin))).toBe('account_locked')
    await house.owner`update directory_accounts set disabled = true where address = ${lin.mailbox}`
    expect(codeOf(await change(lin))).toBe('account_disabled')
  })
})

test('T12 a change leaves app passwords alone', async () => {
  const { insertAppPassword } = await import('#db/factories.ts')
  const lin = await somebody()
  await insertAppPassword(house.db, { mailbox: lin.mailbox, name: 'iPhone' })
  done(await change(lin))
  expect(await house.owner`select 1 from app_passwords where mailbox = ${lin.mailbox} and revoked_at is null`).toHaveLength(1)
})

test('What a reset would need is said: a phone, no phone, a phone that cools off, or staff', async () => {
  const lin = await somebody()
  const says = async () => done(await lin.call(showPasswordOperation)).resetByPhone
  expect(await says()).toBe('no_phone')
  await bindPhone(house, lin.mailbox, '+8613570001000')
  expect(await says()).toBe('yes')
  await house.owner`update phones set cooling_until = now() + interval '1 hour' where mailbox = ${lin.mailbox}`
  expect(await says()).toBe('cooling_off')
  await house.owner`update directory_accounts set groups = '{mail-admins}' where address = ${lin.mailbox}`
  expect(await says()).toBe('staff')
})

test('Who has a password that expires is told 14, 7 and 1 days before, each time once', async () => {
  const lin = await somebody()
  const [from] = await house.owner<{ at: Date }[]>`select now() as at`
  const ends = new Date((from as { at: Date }).at.getTime() + 14.5 * 86_400_000)
  const directory = {
    ...house.mail.directory,
    passwordsExpiring: async function* () {
      yield [{ address: lin.mailbox, expiresAt: ends }]
    },
  }
  const tell = () => passwordJobs.tasks['password.tell-expiring']?.({}, { db: house.db, mail: { ...house.mail, directory } })
  const told = async () =>
    (await house.owner`select params from notices where mailbox = ${lin.mailbox} and kind = 'password_expiring' order by created_at`).map(
      ({ params }) => params.values.days,
    )
  const on = async (daysBefore: number) => {
    ends.setTime(Date.now() + daysBefore * 86_400_000)
    await house.owner`update password_expiry_notices set expires_at = ${ends} where mailbox = ${lin.mailbox}`
    await tell()
    await tell()
    return told()
  }
  expect(await on(14.5)).toEqual([])
  expect(await on(13.5)).toEqual([14])
  expect(await on(8)).toEqual([14])
  expect(await on(6.5)).toEqual([14, 7])
  expect(await on(0.5)).toEqual([14, 7, 1])
  await house.work()
  expect((await lettersTo(house, lin.mailbox)).map(({ subject }) => subject).join()).toMatch(/expires tomorrow/)
})
