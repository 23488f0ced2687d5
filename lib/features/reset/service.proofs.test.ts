import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeRecoveryCodesOperation, showPasswordOperation } from '#lib/features/password/operations.ts'
import { env } from '#lib/platform/env.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { anonymous, codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { lookUp, resetCodeOn } from '#lib/platform/testing/texts.ts'
import { verifyCaller, WARRANT } from '#lib/platform/testing/verify-caller.ts'
import { resetJobs } from './jobs.ts'
import { chooseNewOperation, issuePassOperation, proveResetOperation, showResetOperation, startResetOperation } from './operations.ts'

let house: House
let agent: Person
beforeAll(async () => {
  house = await testHouse()
  agent = await house.person('agent', { groups: ['helpdesk'] })
  await inGroups(agent, ['helpdesk'])
})
beforeEach(async () => {
  await agent.signIn({ groups: ['helpdesk'] })
  await house.forgetLimits()
})

let people = 0
const somebody = () => house.person(`p${++people}`)
const inGroups = ({ mailbox }: Person, groups: string[]) =>
  house.owner`update directory_accounts set groups = ${groups} where address = ${mailbox}`
const NEW = 'sea gulls come back in november'
/** To a caller who was verified. */
async function issue(by: Person, mailbox: string, warrant: unknown = WARRANT) {
  await verifyCaller(house, by.mailbox, mailbox)
  return by.call(issuePassOperation, { mailbox }, { warrant })
}

async function start({ mailbox }: Person, by: 'text' | 'pass' = 'pass') {
  const { token } = done(await startResetOperation.execute(anonymous(), { account: mailbox, by }, house))
  await lookUp(house)
  return token
}
const prove = (token: string, code: string) => proveResetOperation.execute(anonymous(), { token, code }, house)
const choose = (token: string) => chooseNewOperation.execute(anonymous(), { token, next: NEW }, house)
/** Made so long ago that they are good. */
async function recoveryCodes(person: Person): Promise<[string, string, ...string[]]> {
  const { codes } = done(await person.call(makeRecoveryCodesOperation))
  await house.owner`update recovery_codes set created_at = now() - interval '73 hours' where mailbox = ${person.mailbox}`
  return codes as [string, string, ...string[]]
}

describe('a one-time pass from the helpdesk', () => {
  test('T10 resets the password of somebody without a phone, and the owner is told who gave it', async () => {
    const lin = await somebody()
    const { pass } = done(await issue(agent, lin.mailbox))
    const token = await start(lin)
    expect(done(await prove(token, pass.toUpperCase().replace(/(.{4})/g, '$1 ')))).toMatchObject({ step: 'new' })
    done(await choose(token))
    expect((await house.mail.directory.authenticate(lin.mailbox, NEW)).ok).toBe(true)
    await house.work()
    const letters = (await lettersTo(house, lin.mailbox)).map(({ subject }) => subject).join('\n')
    expect(letters).toMatch(/one-time pass/)
    const [entry] =
      await house.owner`select detail from audit_log where operation = 'reset.issue-pass' and mailbox = ${lin.mailbox} and phase = 'outcome'`
    expect(JSON.parse(entry?.detail)).toEqual(WARRANT)
  })

  test('is good once, for an hour, and only the newest', async () => {
    const lin = await somebody()
    const another = async () => done(await issue(agent, lin.mailbox)).pass
    const first = await another()
    const second = await another()
    const token = await start(lin)
    expect(codeOf(await prove(token, first))).toBe('code_wrong')
    done(await prove(token, second))
    expect(codeOf(await prove(await start(lin), second))).toBe('code_wrong')
    const third = await another()
    await house.later('61 minutes')
    expect(codeOf(await prove(await start(lin), third))).toBe('code_wrong')
  })

  test('opens no other account', async () => {
    const [lin, mallory] = [await somebody(), await somebody()]
    const { pass } = done(await issue(agent, mallory.mailbox))
    expect(codeOf(await prove(await start(lin), pass))).toBe('code_wrong')
  })

  test('T45 is not given for oneself, for a colleague, or by somebody who is not staff of the desk', async () => {
    const [lin, auditor, boss] = [await somebody(), await somebody(), await somebody()]
    await inGroups(boss, ['helpdesk-leads'])
    await auditor.signIn({ groups: ['mail-audit'] })
    const asked = (by: Person, mailbox: string) => issue(by, mailbox).then(codeOf)
    expect(await asked(agent, agent.mailbox)).toBe('forbidden')
    expect(await asked(agent, boss.mailbox)).toBe('forbidden')
    expect(await asked(auditor, lin.mailbox)).toBe('forbidden')
    expect(await asked(lin, agent.mailbox)).toBe('forbidden')
    expect(await asked(agent, 'nobody-here@yunling.example')).toBe('not_found')
  })

  test('T45 is not given before the caller is verified, or without a reason and a ticket', async () => {
    const lin = await somebody()
    expect(codeOf(await agent.call(issuePassOperation, { mailbox: lin.mailbox }, { warrant: WARRANT }))).toBe('caller_not_verified')
    expect(codeOf(await issue(agent, lin.mailbox, null))).toBe('reason_needed')
    expect(await house.owner`select from reset_passes where mailbox = ${lin.mailbox}`).toHaveLength(0)
  })

  test('F4 is given back when the reset that it proved came to nothing', async () => {
    const lin = await somebody()
    const { pass } = done(await issue(agent, lin.mailbox))
    done(await prove(await start(lin), pass))
    await house.later('11 minutes')
    await resetJobs.tasks['reset.forget']?.({}, house)
    expect(done(await prove(await start(lin), pass))).toMatchObject({ step: 'new' })
  })
})

describe('recovery codes', () => {
  test('T10 reset the password without a phone, each once, also for staff', async () => {
    const boss = await somebody()
    await inGroups(boss, ['helpdesk-leads'])
    const [first, second] = await recoveryCodes(boss)
    const token = await start(boss)
    done(await prove(token, first))
    done(await choose(token))
    expect(codeOf(await prove(await start(boss), first))).toBe('code_wrong')
    // T12 Whoever knew the old password may have made them.
    expect(codeOf(await prove(await start(boss), second))).toBe('code_wrong')
    await boss.signIn()
    expect(done(await boss.call(showPasswordOperation)).recoveryCodes).toBeNull()
  })

  test('T11 of a stolen session open nothing for 72 hours', async () => {
    const lin = await somebody()
    const [code = ''] = done(await lin.call(makeRecoveryCodesOperation)).codes
    expect(codeOf(await prove(await start(lin), code))).toBe('recovery_code_young')
    await house.later('71 hours')
    expect(codeOf(await prove(await start(lin), code))).toBe('recovery_code_young')
    await house.later('2 hours')
    expect(done(await prove(await start(lin), code))).toMatchObject({ step: 'new' })
  })

  test('F4 of a reset with two proofs that was left half-way are good again', async () => {
    vi.spyOn(env(), 'RESET_PROOFS', 'get').mockReturnValue(2)
    const lin = await somebody()
    const [code] = await recoveryCodes(lin)
    expect(done(await prove(await start(lin), code))).toMatchObject({ step: 'code' })
    await house.later('31 minutes')
    await resetJobs.tasks['reset.forget']?.({}, house)
    expect(done(await prove(await start(lin), code))).toMatchObject({ step: 'code', proved: ['recovery_code'] })
    vi.restoreAllMocks()
  })

  test('from before stop working when new ones are made', async () => {
    const lin = await somebody()
    const [old] = await recoveryCodes(lin)
    const [fresh] = await recoveryCodes(lin)
    expect(old).toMatch(/^[a-z2-7]{12}$/)
    const token = await start(lin)
    expect(codeOf(await prove(token, old))).toBe('code_wrong')
    expect(done(await prove(token, fresh))).toMatchObject({ step: 'new' })
  })

  test('T4 fifty flows at once with one code: one gets through', async () => {
    const lin = await somebody()
    const [code] = await recoveryCodes(lin)
    const tokens: string[] = []
    for (let n = 0; n < 50; n++) {
      if (n % 25 === 24) await house.forgetLimits()
      tokens.push(done(await startResetOperation.execute(anonymous(), { account: lin.mailbox, by: 'pass' }, house)).token)
    }
    await lookUp(house)
    await house.forgetLimits()
    const second = house.second()
    const results = await Promise.all(
      tokens.map((token, n) => proveResetOperation.execute(anonymous(), { token, code }, n % 2 ? second : house)),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  })
})

describe('where the site asks for two proofs', () => {
  test('one is not enough, and the second has to be of another kind', async () => {
    vi.spyOn(env(), 'RESET_PROOFS', 'get').mockReturnValue(2)
    const lin = await somebody()
    const number = `+8613671${String(70_000 + people).padStart(6, '0')}`
    await bindPhone(house, lin.mailbox, number)
    const [first, second] = await recoveryCodes(lin)
    const token = await start(lin, 'text')
    expect(done(await prove(token, first))).toMatchObject({ step: 'code', proved: ['recovery_code'] })
    expect(codeOf(await prove(token, second))).toBe('reset_other_proof')
    expect(codeOf(await choose(token))).toBe('reset_over')
    expect(done(await prove(token, await resetCodeOn(house.owner, number)))).toMatchObject({ step: 'new' })
    // The one that was of no use is not used up.
    await lin.signIn()
    expect(done(await lin.call(showPasswordOperation)).recoveryCodes).toMatchObject({ left: 7 })
    expect(done(await showResetOperation.execute(anonymous(), { token }, house))).toMatchObject({ step: 'new' })
    done(await choose(token))
    vi.restoreAllMocks()
  })
})
