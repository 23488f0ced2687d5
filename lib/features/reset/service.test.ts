import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeRecoveryCodesOperation } from '#lib/features/password/operations.ts'
import { hashPassword } from '#lib/mail-core/directory/sql.ts'
import { resolveSession } from '#lib/platform/session.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { anonymous, codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { lookUp, resetCodeOn } from '#lib/platform/testing/texts.ts'
import { verifyCaller, WARRANT } from '#lib/platform/testing/verify-caller.ts'
import {
  chooseNewOperation,
  issuePassOperation,
  proveResetOperation,
  resendResetOperation,
  showResetOperation,
  startResetOperation,
  unlockAccountOperation,
} from './operations.ts'

vi.hoisted(() => {
  process.env.NETWORKS = '10.0.0.0/8=校内|campus'
})

const OLD = 'the old sentence of before'
const NEW = 'sea gulls come back in november'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
const newNumber = () => `+86137${String(71_000_000 + ++people * 1_000).padStart(8, '0')}`

interface Owner extends Person {
  number: string
}

async function owner(groups: string[] = []): Promise<Owner> {
  const person = await house.person(`r${++people}`, { groups })
  const number = newNumber()
  await bindPhone(house, person.mailbox, number)
  await house.owner`update directory_accounts set password_hash = ${await hashPassword(OLD)}, groups = ${groups} where address = ${person.mailbox}`
  return Object.assign(person, { number })
}

const start = async (account: string, by: 'text' | 'pass' = 'text') => {
  const { token } = done(await startResetOperation.execute(anonymous(), { account, by }, house))
  await lookUp(house)
  return token
}
const prove = (token: string, code: string, on = house as Parameters<typeof proveResetOperation.execute>[2]) =>
  proveResetOperation.execute(anonymous(), { token, code }, on)
const choose = (token: string, next = NEW) => chooseNewOperation.execute(anonymous(), { token, next }, house)
const codeOfText = ({ number }: Owner) => resetCodeOn(house.owner, number)
const opens = async (person: Person, password: string) => (await house.mail.directory.authenticate(person.mailbox, password)).ok
const wrongFor = (code: string) => (code === '00000000' ? '11111111' : '00000000')

describe('a forgotten password', () => {
  test('is reset with the code to the bound phone, by login or by address', async () => {
    for (const account of [(p: Owner) => p.mailbox.toUpperCase(), (p: Owner) => ` ${p.mailbox.split('@')[0]} `]) {
      const lin = await owner()
      const token = await start(account(lin))
      expect(done(await prove(token, await codeOfText(lin)))).toMatchObject({ step: 'new', locked: false })
      expect(done(await choose(token))).toMatchObject({
        phone: expect.stringContaining('****'),
        appPasswords: { active: 0, revoked: 0 },
        recoveryCodesEnded: 0,
      })
      expect([await opens(lin, NEW), await opens(lin, OLD)]).toEqual([true, false])
    }
  })

  test('T12 every session ends, the owner is told by mail and by text, and nobody is signed in', async () => {
    const lin = await owner()
    const token = await start(lin.mailbox)
    done(await prove(token, await codeOfText(lin)))
    done(await choose(token))
    expect(await resolveSession(house.db, lin.sid)).toMatchObject({ actor: { kind: 'anonymous' }, reason: 'security' })
    await house.work()
    expect((await lettersTo(house, lin.mailbox)).at(-1)?.subject).toMatch(/Password reset/)
    expect((await house.texts(lin.mailbox)).at(-1)).toMatchObject({ to: lin.number, purpose: 'password_reset' })
  })

  test('T12 ends what else would open: other resets under way, passes and recovery codes', async () => {
    const lin = await owner()
    const [stolen = ''] = done(await lin.call(makeRecoveryCodesOperation)).codes
    await house.later('73 hours')
    const intruder = await start(lin.mailbox, 'pass')
    done(await prove(intruder, stolen))
    const agent = await house.person(`agent${people}`, { groups: ['helpdesk'] })
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    const { pass } = done(await agent.call(issuePassOperation, { mailbox: lin.mailbox }, { warrant: WARRANT }))
    const token = await start(lin.mailbox)
    done(await prove(token, await codeOfText(lin)))
    expect(done(await choose(token))).toMatchObject({ recoveryCodesEnded: 7 })
    expect(codeOf(await choose(intruder, 'a sentence of the intruder'))).toBe('reset_over')
    await house.forgetLimits()
    expect(codeOf(await prove(await start(lin.mailbox, 'pass'), pass))).toBe('code_wrong')
    expect(await house.owner`select 1 from recovery_codes where mailbox = ${lin.mailbox}`).toHaveLength(0)
  })

  test('needs the code first, and ends with the change', async () => {
    const lin = await owner()
    const token = await start(lin.mailbox)
    expect(codeOf(await choose(token))).toBe('reset_over')
    expect(codeOf(await unlockAccountOperation.execute(anonymous(), { token }, house))).toBe('reset_over')
    done(await prove(token, await codeOfText(lin)))
    done(await choose(token))
    expect(codeOf(await choose(token, 'another sentence altogether'))).toBe('reset_over')
    expect(await opens(lin, NEW)).toBe(true)
  })

  test('T5 a flow is opened by its own token alone', async () => {
    const [lin, mallory] = [await owner(), await owner()]
    const [token, other] = [await start(lin.mailbox), await start(mallory.mailbox)]
    const code = await codeOfText(lin)
    expect(codeOf(await prove(other, code))).toBe('code_wrong')
    expect(codeOf(await prove('x'.repeat(43), code))).toBe('reset_over')
    expect(done(await prove(token, code))).toMatchObject({ step: 'new' })
    expect(codeOf(await choose(other))).toBe('reset_over')
  })

  test('T5 the number is read again when the code is sent', async () => {
    const lin = await owner()
    const { token } = done(await startResetOperation.execute(anonymous(), { account: lin.mailbox, by: 'text' }, house))
    await house.owner`delete from phones where mailbox = ${lin.mailbox}`
    await lookUp(house)
    expect(await house.texts(lin.mailbox)).toEqual([])
    expect(codeOf(await prove(token, '12345678'))).toBe('code_wrong')
  })
})

describe('what a code is worth', () => {
  test('T2 five tries a flow, also across new codes', async () => {
    const lin = await owner()
    const token = await start(lin.mailbox)
    const wrong = wrongFor(await codeOfText(lin))
    const left: unknown[] = []
    for (let n = 0; n < 3; n++) left.push(await prove(token, wrong))
    expect(left.map((result) => (result as { values?: unknown }).values)).toEqual([{ left: 4 }, { left: 3 }, { left: 2 }])
    await house.later('61 seconds')
    done(await resendResetOperation.execute(anonymous(), { token }, house))
    await lookUp(house)
    for (let n = 0; n < 2; n++) await prove(token, wrongFor(await codeOfText(lin)))
    expect(codeOf(await prove(token, await codeOfText(lin)))).toBe('code_exhausted')
  })

  test('T2 the eleventh wrong code of a day is not even looked at, nor is the right one', async () => {
    const lin = await owner()
    for (let flow = 0; flow < 2; flow++) {
      const token = await start(lin.mailbox)
      const wrong = wrongFor(await codeOfText(lin))
      for (let n = 0; n < 5; n++) expect(codeOf(await prove(token, wrong))).toBe('code_wrong')
      await house.later('16 minutes')
    }
    const token = await start(lin.mailbox)
    expect(codeOf(await prove(token, await codeOfText(lin)))).toBe('code_exhausted')
    // T9 The account is not locked.
    expect(await opens(lin, OLD)).toBe(true)
  })

  test('T2 guesses under another spelling of the account count as well, and nobody hears of it', async () => {
    const lin = await owner()
    for (const account of [lin.mailbox, lin.mailbox.split('@')[0] as string]) {
      const token = await start(account)
      const wrong = wrongFor(await codeOfText(lin))
      for (let n = 0; n < 5; n++) await prove(token, wrong)
      await house.later('16 minutes')
    }
    const token = await start(lin.mailbox)
    expect(codeOf(await prove(token, await codeOfText(lin)))).toBe('code_wrong')
  })

  test('T4 fifty at once on two instances: one gets through', async () => {
    const lin = await owner()
    const token = await start(lin.mailbox)
    const code = await codeOfText(lin)
    const second = house.second()
    await house.owner`update reset_flows set attempts = -60 where mailbox = ${lin.mailbox}`
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => prove(token, code, n % 2 ? second : house)))
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('an old code, the code of the flow before and a used one open nothing', async () => {
    const lin = await owner()
    const before = await start(lin.mailbox)
    const old = await codeOfText(lin)
    await house.later('61 seconds')
    const token = await start(lin.mailbox)
    expect(codeOf(await prove(token, old))).toBe('code_wrong')
    const code = await codeOfText(lin)
    await house.later('301 seconds')
    expect(codeOf(await prove(token, code))).toBe('code_expired')
    expect(codeOf(await prove(before, old))).toBe('code_expired')
  })

  test('a proof is good for ten minutes', async () => {
    const lin = await owner()
    const token = await start(lin.mailbox)
    done(await prove(token, await codeOfText(lin)))
    await house.later('601 seconds')
    expect(codeOf(await choose(token))).toBe('reset_over')
    expect(codeOf(await showResetOperation.execute(anonymous(), { token }, house))).toBe('reset_over')
  })

  test('spaces, hyphens and full-width digits are read as they were meant', async () => {
    const lin = await owner()
    const token = await start(lin.mailbox)
    const code = await codeOfText(lin)
    const typed = code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).replace(/(.{4})/, '$1 - ')
    expect(done(await prove(token, typed))).toMatchObject({ step: 'new' })
  })
})

describe('what a stranger learns', () => {
  test('T1 an account that does not exist answers as one that does, to the last wrong code', async () => {
    const lin = await owner()
    const talk = async (account: string) => {
      const said: unknown[] = []
      const token = await start(account)
      said.push(done(await showResetOperation.execute(anonymous(), { token }, house)))
      said.push(await startResetOperation.execute(anonymous(), { account, by: 'text' }, house))
      said.push(await resendResetOperation.execute(anonymous(), { token }, house))
      for (let n = 0; n < 6; n++) said.push(await prove(token, '00000001'))
      await house.later('16 minutes')
      const again = await start(account)
      for (let n = 0; n < 6; n++) said.push(await prove(again, '00000001'))
      return JSON.stringify(said, (key, value) => (key === 'reference' ? undefined : value))
    }
    expect(await talk('nobody-of-that-name@yunling.example')).toBe(await talk(lin.mailbox))
  })

  test('T1 a disabled account gets no text', async () => {
    const lin = await owner()
    await house.owner`update directory_accounts set disabled = true where address = ${lin.mailbox}`
    const token = await start(lin.mailbox)
    expect(await house.texts(lin.mailbox)).toEqual([])
    expect(codeOf(await prove(token, '00000001'))).toBe('code_wrong')
  })
})

test('T10 staff never get a code by text', async () => {
  const agent = await owner(['helpdesk'])
  await start(agent.mailbox)
  expect(await house.texts(agent.mailbox)).toEqual([])
})

test('T10 nor do they whose role only the identity provider names', async () => {
  const admin = await owner()
  await admin.signIn({ groups: ['mail-admins'] })
  await start(admin.mailbox)
  expect(await house.texts(admin.mailbox)).toEqual([])
})

test('T11 in the cooling-off after a change of number no code is sent', async () => {
  const lin = await owner()
  await house.owner`update phones set cooling_until = now() + interval '72 hours' where mailbox = ${lin.mailbox}`
  await start(lin.mailbox)
  expect(await house.texts(lin.mailbox)).toEqual([])
})

test('A locked account can be unlocked with the code, and keeps its password', async () => {
  const lin = await owner()
  for (let n = 0; n < 10; n++) await house.mail.directory.authenticate(lin.mailbox, 'wrong')
  const token = await start(lin.mailbox)
  expect(done(await prove(token, await codeOfText(lin)))).toMatchObject({ step: 'new', locked: true })
  done(await unlockAccountOperation.execute(anonymous(), { token }, house))
  expect(await opens(lin, OLD)).toBe(true)
  expect(codeOf(await choose(token))).toBe('reset_over')
})

test.each([
  ['an empty one', '', 'invalid_input'],
  ['one of 5,000 characters', 'x y'.repeat(1_667), 'password_too_long'],
  ['one with NUL', 'a sentence with \0 in it', 'invalid_input'],
  ['a common one', 'passwordpassword', 'password_common'],
])('A new password is refused when it is %s, and the code is not used up', async (_, next, code) => {
  const lin = await owner()
  const token = await start(lin.mailbox)
  done(await prove(token, await codeOfText(lin)))
  expect(await choose(token, next)).toMatchObject({ ok: false, code, fields: ['next'] })
  expect(done(await choose(token))).toMatchObject({ appPasswords: { active: 0 } })
})
