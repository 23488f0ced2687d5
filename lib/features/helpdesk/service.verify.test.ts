import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listSessionsOperation } from '#lib/features/sso/operations.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { codeTo } from '#lib/platform/testing/texts.ts'
import { endCallOperation, sendCallCodeOperation, showAccountOperation, verifyCallerOperation } from './operations.ts'

let house: House
let agent: Person
let other: Person
beforeAll(async () => {
  house = await testHouse()
  agent = await house.person('chen.jing', { groups: ['helpdesk'] })
  other = await house.person('zhou.min', { groups: ['helpdesk'] })
})
beforeEach(async () => {
  await house.forgetLimits()
  for (const each of [agent, other]) await each.signIn({ groups: ['helpdesk'] })
})

let people = 0
async function caller() {
  const person = await house.person(`lin${++people}`)
  const number = `+86138${String(71_009_000 + people)}`
  await bindPhone(house, person.mailbox, number)
  await house.owner`update directory_accounts set office_phone = '010 5550 3131' where address = ${person.mailbox}`
  return { person, mailbox: person.mailbox, number }
}
const send = (mailbox: string, by = agent) => by.call(sendCallCodeOperation, { mailbox, locale: 'zh-CN' })
const verify = (mailbox: string, code: string, by = agent) => by.call(verifyCallerOperation, { mailbox, method: 'phone_code', code })
const codeOn = async (mailbox: string, number: string) => codeTo(await house.texts(mailbox), number)
const wrong = (code: string) => (code === '000000' ? '111111' : '000000')
const mayLook = async (mailbox: string, by = agent) => codeOf(await by.call(listSessionsOperation, { mailbox })) === 'done'

describe('a code to the phone', () => {
  test('T45 that the caller reads out verifies them, for this member of staff, until the call is ended', async () => {
    const { mailbox, number } = await caller()
    expect(done(await send(mailbox))).toEqual({ masked: `138****${number.slice(-4)}`, expiresInSeconds: 300, resendInSeconds: 60 })
    const text = (await house.texts(mailbox)).at(-1)
    expect(text).toMatchObject({ to: number, purpose: 'call_code', body: expect.stringContaining('只有你自己刚给服务台打了电话') })
    const code = await codeOn(mailbox, number)
    expect(done(await verify(mailbox, `${code.slice(0, 3)} ${code.slice(3)}`))).toMatchObject({
      method: 'phone_code',
      until: expect.any(Date),
    })
    expect(await mayLook(mailbox)).toBe(true)
    expect(await mayLook(mailbox, other)).toBe(false)
    done(await agent.call(endCallOperation, { mailbox }))
    expect(await mayLook(mailbox)).toBe(false)
    expect(codeOf(await verify(mailbox, code))).toBe('code_wrong')
  })

  test('T2 has five tries, which another code does not bring back; ten wrong ones a day close it', async () => {
    const { mailbox, number } = await caller()
    done(await send(mailbox))
    const first = wrong(await codeOn(mailbox, number))
    for (let left = 4; left >= 2; left--) expect(await verify(mailbox, first)).toMatchObject({ code: 'code_wrong', values: { left } })
    await house.owner`delete from rate_hits where key like 'sms:%'`
    done(await send(mailbox))
    const code = await codeOn(mailbox, number)
    for (let left = 1; left >= 0; left--) expect(await verify(mailbox, wrong(code))).toMatchObject({ code: 'code_wrong', values: { left } })
    expect(codeOf(await verify(mailbox, code))).toBe('code_expired')
    await house.later('6 minutes')
    await house.owner`delete from rate_hits where key like 'sms:%'`
    done(await send(mailbox))
    const third = await codeOn(mailbox, number)
    for (let n = 0; n < 5; n++) await verify(mailbox, wrong(third))
    await house.owner`update caller_codes set attempts = 0 where mailbox = ${mailbox}`
    expect(codeOf(await verify(mailbox, third))).toBe('code_exhausted')
    expect(codeOf(await send(mailbox))).toBe('code_exhausted')
  })

  test('T4 of thirty at once with one code one is verified by it', async () => {
    const { mailbox, number } = await caller()
    done(await send(mailbox))
    const code = await codeOn(mailbox, number)
    const second = house.second()
    const actor = await agent.actor()
    await house.owner`update caller_codes set attempts = -30 where mailbox = ${mailbox}`
    const input = { mailbox, method: 'phone_code', code }
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => agent.call(verifyCallerOperation, input, { actor, on: n % 2 ? second : house })),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await house.owner`select from caller_verifications where mailbox = ${mailbox}`).toHaveLength(1)
  })

  test('lives five minutes, and is another’s to use for nobody', async () => {
    const { mailbox, number } = await caller()
    done(await send(mailbox))
    const code = await codeOn(mailbox, number)
    expect(codeOf(await verify(mailbox, code, other))).toBe('code_expired')
    await house.later('5 minutes')
    expect(codeOf(await verify(mailbox, code))).toBe('code_expired')
  })

  test('T8 is sent once a minute, and five times a day', async () => {
    const { mailbox } = await caller()
    done(await send(mailbox))
    expect(codeOf(await send(mailbox, other))).toBe('sms_limit')
    const later = async () => {
      await house.later('16 minutes')
      await agent.signIn({ groups: ['helpdesk'] })
      return send(mailbox)
    }
    for (let n = 0; n < 4; n++) done(await later())
    expect(codeOf(await later())).toBe('sms_limit')
  })

  test('T11 never goes to a number that was changed within three days, and needs one that is bound', async () => {
    const { mailbox } = await caller()
    await house.owner`update phones set cooling_until = now() + interval '1 hour' where mailbox = ${mailbox}`
    expect(codeOf(await send(mailbox))).toBe('phone_cooling_off')
    const { mailbox: bare } = await house.person('bare')
    expect(codeOf(await send(bare))).toBe('phone_required')
  })
})

describe('a call back and a document', () => {
  test('are kept on the word of the member of staff, of a document only its kind and its end', async () => {
    const { mailbox } = await caller()
    const by = (input: object) => agent.call(verifyCallerOperation, { mailbox, ...input })
    done(await by({ method: 'call_back', note: 'reached at the office' }))
    done(await by({ method: 'document', document: { kind: 'identity_card', ending: '123X' } }))
    const kept = await house.owner`select method, note from caller_verifications where mailbox = ${mailbox} order by verified_at`
    expect(kept.map((row) => ({ ...row }))).toEqual([
      { method: 'call_back', note: 'reached at the office' },
      { method: 'document', note: 'identity_card 123X' },
    ])
    expect(done(await agent.call(showAccountOperation, { mailbox })).verified).toMatchObject({ method: 'document' })
    const entries = await house.owner`
      select detail::json as detail from audit_log where operation = 'helpdesk.verify' and mailbox = ${mailbox} and phase = 'outcome' order by seq`
    expect(entries.map(({ detail }) => detail)).toEqual([
      { kind: 'call_back', note: 'reached at the office' },
      { kind: 'document', note: null, document: 'identity_card', ending: '123X' },
    ])
  })

  test('T45 nobody is verified by a call back to a number that is not on file', async () => {
    const { mailbox } = await caller()
    await house.owner`update directory_accounts set office_phone = null where address = ${mailbox}`
    const answer = await agent.call(verifyCallerOperation, { mailbox, method: 'call_back', note: 'reached on a mobile' })
    expect(codeOf(answer)).toBe('no_office_phone')
    expect(await mayLook(mailbox)).toBe(false)
  })

  test('T45 are recorded thirty times an hour at most: a stolen session does not open one account after the other', async () => {
    const { mailbox } = await caller()
    const input = { mailbox, method: 'call_back', note: 'reached at the office' }
    for (let n = 0; n < 30; n++) done(await agent.call(verifyCallerOperation, input))
    expect(codeOf(await agent.call(verifyCallerOperation, input))).toBe('rate_limited')
    expect(codeOf(await agent.call(verifyCallerOperation, { mailbox, method: 'phone_code', code: '123456' }))).toBe('code_expired')
  })

  test.each([
    { method: 'phone_code' },
    { method: 'call_back' },
    { method: 'call_back', code: '123456' },
    { method: 'document' },
    { method: 'document', document: { kind: 'identity_card', ending: '110101199001011234' } },
    { method: 'call_back', document: { kind: 'passport', ending: '1234' } },
    { method: 'voice' },
  ])('T6 %j verifies nobody', async (input) => {
    const { mailbox } = await caller()
    expect(codeOf(await agent.call(verifyCallerOperation, { mailbox, ...input }))).toBe('invalid_input')
    expect(await mayLook(mailbox)).toBe(false)
  })
})
