import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertAppPassword, insertDeleted } from '#db/factories.ts'
import { listActivityOperation } from '#lib/features/activity/operations.ts'
import { showOverviewOperation } from '#lib/features/overview/operations.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { verifyCaller, WARRANT } from '#lib/platform/testing/verify-caller.ts'
import {
  endCallOperation,
  listCallsOperation,
  requestUnbindingOperation,
  searchAccountsOperation,
  showAccountOperation,
  unlockAccountOperation,
  unmaskPhoneOperation,
} from './operations.ts'

let house: House
let agent: Person
let boss: Person
beforeAll(async () => {
  house = await testHouse()
  agent = await house.person('chen.jing', { groups: ['helpdesk'] })
  boss = await house.person('wang.lei', { groups: ['helpdesk-leads'] })
})
beforeEach(() => house.forgetLimits())

let people = 0
const numberOf = (n: number) => `+86138${String(71_008_000 + n).padStart(8, '0')}`
/** Somebody with a phone, a number and a unit. */
async function caller(name = `caller.no${++people}`) {
  const person = await house.person(name)
  const number = numberOf(++people)
  await bindPhone(house, person.mailbox, number)
  const staffNumber = String(2_014_001_000 + people)
  await house.owner`
    update directory_accounts set name = '林悦', number = ${staffNumber}, unit = '环境学院', office_phone = '010 5550 3131' where address = ${person.mailbox}`
  return { person, mailbox: person.mailbox, number, staffNumber }
}
const search = async (query: string, by = agent) => done(await by.call(searchAccountsOperation, { query })).accounts
const open = (mailbox: string, by = agent) => by.call(showAccountOperation, { mailbox })

describe('the search', () => {
  test('finds by address, name, number and phone, and masks whom it finds', async () => {
    const { mailbox, number, staffNumber } = await caller()
    for (const query of [mailbox, mailbox.split('@')[0] ?? '', staffNumber, number, number.slice(3), number.slice(-4)]) {
      const found = await search(query)
      expect(found, query).toContainEqual({
        account: expect.stringMatching(/^acct_[\w-]{40,}$/),
        name: '林*',
        address: mailbox.replace(/^c.*(.)@/, 'c***$1@'),
        number: `2014****${staffNumber.slice(-2)}`,
        phone: `138****${number.slice(-4)}`,
        disabled: false,
      })
      expect(JSON.stringify(found)).not.toContain(mailbox)
    }
    expect((await search('林悦')).length).toBeGreaterThan(0)
    expect(await search('nobody.at.all')).toEqual([])
    expect(await search(`${number.slice(-4, -1)}x`)).toEqual([])
  })

  test('T45 by more than the ending that the mask shows finds nobody: a number cannot be found out digit by digit', async () => {
    const { number } = await caller()
    for (let length = 5; length < 11; length++) expect(await search(number.slice(-length)), `${length} digits`).toEqual([])
  })

  test('by the ending of a phone finds a number that was bound before there were endings, once the job has been there', async () => {
    const { phoneJobs } = await import('#lib/features/phone/jobs.ts')
    const { mailbox, number } = await caller()
    await house.owner`update phones set ending_index = null where mailbox = ${mailbox}`
    expect(await search(number.slice(-4))).toEqual([])
    await phoneJobs.tasks['phone.index-endings']?.({}, house)
    expect(await search(number.slice(-4))).toHaveLength(1)
  })

  test('T45 is written down, of a number only its end, and is no way to read the directory', async () => {
    const { number } = await caller()
    await search(number)
    const [entry] = await house.owner`
      select detail::json as detail from audit_log where operation = 'helpdesk.search' and phase = 'outcome' order by seq desc limit 1`
    expect(entry?.detail).toEqual({ query: `****${number.slice(-4)}`, count: 1 })
    for (let n = 0; n < 29; n++) await search('caller')
    expect(codeOf(await agent.call(searchAccountsOperation, { query: 'caller' }))).toBe('rate_limited')
  })

  test('T45 of a number only its end is written down however it was typed, and it is found in wide digits', async () => {
    const { number } = await caller()
    const digits = number.replace('+', '')
    const wide = [...digits].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')
    expect(await search(`＋${wide}`)).toHaveLength(1)
    const hyphens = `${digits.slice(0, 5)}-${digits.slice(5, 9)}-${digits.slice(9)}`
    for (const typed of [`电话${digits}`, `tel:${hyphens}`, `${hyphens} 手机`, `u20140011 ${digits}`]) await search(typed)
    const entries = await house.owner`
      select detail::json ->> 'query' as query from audit_log where operation = 'helpdesk.search' and phase = 'outcome' order by seq desc limit 5`
    const end = `****${digits.slice(-4)}`
    expect(entries.map(({ query }) => query).reverse()).toEqual([end, `电话${end}`, `tel:${end}`, `${end} 手机`, `u20140011 ${end}`])
  })

  test.each(['user', 'mail-audit', 'mail-admins'])('T46 is not for %s', async (group) => {
    const somebody = await house.person(`no-desk-${group}`, { groups: [group] })
    expect(codeOf(await somebody.call(searchAccountsOperation, { query: 'caller' }))).toBe('forbidden')
  })
})

describe('whom a member of staff is helping', () => {
  const calls = async (by = agent) => done(await by.call(listCallsOperation)).calls

  test('T45 is told to that one alone, with the name, the latest first, until the call is ended or an hour is over', async () => {
    const [lin, wang] = [await caller(), await caller()]
    await house.owner`truncate caller_verifications`
    for (const { mailbox } of [lin, wang, lin]) await verifyCaller(house, agent.mailbox, mailbox)
    const [first, ...others] = await calls()
    expect(first).toMatchObject({ address: lin.mailbox, name: '林悦', method: 'phone_code' })
    expect(first?.endsInSeconds).toBeGreaterThan(3_500)
    expect(others).toMatchObject([{ address: wang.mailbox }])
    expect(done(await open(first?.account ?? '')).address).toBe(lin.mailbox)
    expect(await calls(boss)).toEqual([])
    done(await agent.call(endCallOperation, { mailbox: lin.mailbox }))
    expect(await calls()).toHaveLength(1)
    await house.owner`update caller_verifications set verified_at = now() - interval '61 minutes'`
    expect(await calls()).toEqual([])
  })
})

describe('the account page', () => {
  test('T45 shows before the verification what tells that it is the right one, and no more', async () => {
    const { mailbox, staffNumber, number } = await caller()
    const [found] = await search(mailbox)
    const account = done(await open(found?.account ?? ''))
    expect(account).toMatchObject({
      verified: null,
      ...{ name: '林*', number: `2014****${staffNumber.slice(-2)}`, unit: null, officePhoneEnding: '31' },
      phone: { masked: `138****${number.slice(-4)}`, coolingUntil: null },
      state: { disabled: false, locked: false, mustChange: false },
      details: null,
    })
    for (const hidden of [mailbox, staffNumber, number, '林悦', '5550']) expect(JSON.stringify(account)).not.toContain(hidden)
  })

  test('shows everything of a verified caller on one page, and no subject, text or full number', async () => {
    const { person, mailbox, staffNumber, number } = await caller()
    await insertAppPassword(house.db, { mailbox })
    await insertDeleted(house.db, { address: mailbox, subject: 'a deleted subject' })
    await holdMail(house, { mailbox, subject: 'a held subject', from: 'spammer@elsewhere.example' })
    await verifyCaller(house, agent.mailbox, mailbox)
    const account = done(await open(mailbox))
    expect(account).toMatchObject({
      verified: { method: 'phone_code', at: expect.any(Date), until: expect.any(Date), endsInSeconds: expect.any(Number) },
      ...{ name: '林悦', address: mailbox, number: staffNumber, unit: '环境学院' },
      details: { appPasswords: { on: true, active: 1 }, sessions: 1, held: { spam: 1 }, deleted: 1, requests: [] },
    })
    expect(account.details?.signIns).toMatchObject([{ ip: '10.21.4.18', browser: 'Safari', live: true }])
    await open(mailbox)
    done(await agent.call(listActivityOperation, { mailbox }))
    const { details } = done(await open(mailbox))
    expect(details?.activity[0]).toMatchObject({ operation: 'sso.sign-in', outcome: 'done' })
    for (const hidden of ['subject', number, person.sid]) expect(JSON.stringify(account)).not.toContain(hidden)
  })

  test('F13 stands without what the mail store would say', async () => {
    const { mailbox } = await caller()
    await verifyCaller(house, agent.mailbox, mailbox)
    const away = () => Promise.reject(new MailCoreError('unreachable'))
    const mail = { ...house.mail, mailbox: { ...house.mail.mailbox, quota: away, countDeleted: away } }
    const account = done(await agent.call(showAccountOperation, { mailbox }, { on: { ...house, mail } }))
    expect(account).toMatchObject({ storage: null, details: { deleted: null, held: {} } })
  })

  test('every look stands in the owner’s record', async () => {
    const { person, mailbox } = await caller()
    await open(mailbox)
    const { entries } = done(await person.call(listActivityOperation))
    expect(entries[0]).toMatchObject({ operation: 'helpdesk.account', actor: { kind: 'staff', name: agent.mailbox }, outcome: 'done' })
  })
})

describe('the sign of the member of staff', () => {
  const seenBy = async (person: Person) => done(await person.call(showOverviewOperation)).atHelpdesk

  test('T45 is the same on both sides, for this account and member of staff alone', async () => {
    const [lin, wang] = [await caller(), await caller()]
    expect(await seenBy(lin.person)).toEqual([])
    const { sign } = done(await open(lin.mailbox))
    expect(sign.digits).toMatch(/^\d{6}$/)
    expect(sign.changesInSeconds).toBeGreaterThan(0)
    expect(await seenBy(lin.person)).toMatchObject([{ name: 'chen.jing', digits: sign.digits }])
    expect(await seenBy(wang.person)).toEqual([])
    const other = done(await open(lin.mailbox, boss)).sign
    expect(other.digits).not.toBe(sign.digits)
    expect((await seenBy(lin.person)).map(({ digits }) => digits).sort()).toEqual([sign.digits, other.digits].sort())
    done(await boss.call(endCallOperation, { mailbox: lin.mailbox }))
    expect(await seenBy(lin.person)).toMatchObject([{ name: 'chen.jing' }])
  })

  test('is shown for ten minutes after the account was opened', async () => {
    const lin = await caller()
    done(await open(lin.mailbox))
    const aged = (minutes: number) =>
      house.owner`update audit_log set at = now() - make_interval(mins => ${minutes}) where mailbox = ${lin.mailbox} and operation = 'helpdesk.account'`
    await aged(9)
    expect(await seenBy(lin.person)).toHaveLength(1)
    await aged(10)
    expect(await seenBy(lin.person)).toEqual([])
  })
})

describe('the full number', () => {
  const unmask = (mailbox: string, by = boss) => by.call(unmaskPhoneOperation, { mailbox }, { warrant: WARRANT })

  test('T45 is shown to a supervisor with reason and ticket, and the owner is told', async () => {
    const { mailbox, number } = await caller()
    expect(codeOf(await unmask(mailbox, agent))).toBe('forbidden')
    expect(codeOf(await boss.call(unmaskPhoneOperation, { mailbox }))).toBe('reason_needed')
    expect(done(await unmask(mailbox))).toEqual({ number })
    await house.work()
    const [letter] = await lettersTo(house, mailbox)
    expect(letter?.text).toContain('of the helpdesk looked at the full number of the bound phone')
    expect(JSON.stringify(await house.owner`select detail from audit_log where operation = 'helpdesk.unmask'`)).not.toContain(
      number.slice(-8),
    )
  })

  test('T45 twenty times a day', async () => {
    const { mailbox } = await caller()
    for (let n = 0; n < 20; n++) done(await unmask(mailbox))
    expect(codeOf(await unmask(mailbox))).toBe('rate_limited')
  })
})

describe('acts of the helpdesk’s own', () => {
  test('a verified caller’s lock is ended, and the password stays', async () => {
    const { mailbox } = await caller()
    for (let n = 0; n < 10; n++) await house.mail.directory.authenticate(mailbox, 'wrong')
    expect(done(await open(mailbox)).state.locked).toBe(true)
    const unlock = () => agent.call(unlockAccountOperation, { mailbox }, { warrant: WARRANT })
    expect(codeOf(await unlock())).toBe('caller_not_verified')
    await verifyCaller(house, agent.mailbox, mailbox)
    done(await unlock())
    expect(done(await open(mailbox)).state.locked).toBe(false)
  })

  test('an unbinding is asked for once, of a phone that is bound', async () => {
    const { mailbox } = await caller()
    const ask = (of = mailbox) => agent.call(requestUnbindingOperation, { mailbox: of }, { warrant: WARRANT })
    expect(codeOf(await ask())).toBe('caller_not_verified')
    await verifyCaller(house, agent.mailbox, mailbox)
    done(await ask())
    expect(codeOf(await ask())).toBe('already_done')
    expect(done(await open(mailbox)).details?.requests).toMatchObject([{ kind: 'phone_unbinding', state: 'open' }])
    const { mailbox: bare } = await house.person('without-phone')
    await verifyCaller(house, agent.mailbox, bare)
    expect(codeOf(await ask(bare))).toBe('phone_required')
  })
})
