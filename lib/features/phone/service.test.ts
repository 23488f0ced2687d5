import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anonymous, codeOf, done, type House, type Person, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { codeTo } from '#lib/platform/testing/texts.ts'
import { confirmBindingOperation, resendCodesOperation, showPhoneOperation, startBindingOperation } from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
const somebody = () => house.person(`user${++people}`)
/** A mobile number that nobody else in this file has, in a block of its own. */
const newNumber = () => `+86138${String(71_000_000 + ++people * 1_000).padStart(8, '0')}`
const wrongFor = (code: string) => (code === '000000' ? '111111' : '000000')

async function start(person: Person, number = newNumber()) {
  const flow = done(await person.call(startBindingOperation, { number }))
  return { flow: flow.id, number, code: codeTo(await house.texts(person.mailbox), number) }
}

const bind = async (person: Person, number = newNumber()) => {
  const { flow, code } = await start(person, number)
  done(await person.call(confirmBindingOperation, { flow, code }))
  await house.forgetLimits()
  return number
}

describe('binding a phone', () => {
  test('the code that was sent binds the number, shown masked, and the owner is told', async () => {
    const lin = await somebody()
    const { flow, code } = await start(lin, '+8613800138000')
    const bound = done(await lin.call(confirmBindingOperation, { flow, code }))
    expect(bound).toEqual({ masked: '138****8000', coolingUntil: null })
    const shown = done(await lin.call(showPhoneOperation))
    expect(shown).toMatchObject({ bound: { masked: '138****8000', coolingUntil: null }, flow: null })
    await house.work()
    const [mail] = await house.mail.mailbox.recent(lin.mailbox, { folder: 'INBOX', limit: 1 })
    expect(mail?.subject).toMatch(/绑定|bound/i)
  })

  test.each([
    ['a number that is not complete', '1380013', 'phone_invalid'],
    ['a landline', '+861055506120', 'phone_not_mobile'],
    ['T8 a country that texts are not sent to', '+447400123456', 'phone_country_not_allowed'],
    ['an extension', '+8613800138000;ext=1', 'phone_invalid'],
    ['words', 'ring me', 'phone_invalid'],
  ])('%s is refused and no text is sent', async (_, number, code) => {
    const lin = await somebody()
    expect(codeOf(await lin.call(startBindingOperation, { number }))).toBe(code)
    expect(await house.texts(lin.mailbox)).toEqual([])
  })

  test('a number is understood as people type it, also in full-width digits', async () => {
    const lin = await somebody()
    done(await lin.call(startBindingOperation, { number: '１３８ ００１３ ８１２３' }))
    expect((await house.texts(lin.mailbox))[0]?.to).toBe('+8613800138123')
  })

  test('F11 a code is of no use after five minutes', async () => {
    const lin = await somebody()
    const { flow, code } = await start(lin)
    await house.later('5 minutes')
    expect(codeOf(await lin.call(confirmBindingOperation, { flow, code }))).toBe('code_expired')
  })

  test('a bound phone is not replaced by the code of a binding that began before', async () => {
    const lin = await somebody()
    const first = await start(lin)
    await house.owner`update phone_flows set finished_at = null, mailbox = ${lin.mailbox} where id = ${first.flow}`
    await house.owner`insert into phones (mailbox, number_cipher, number_index, country) values (${lin.mailbox}, '\\x00', '\\x00', 'CN')`
    expect(codeOf(await lin.call(confirmBindingOperation, { flow: first.flow, code: first.code }))).toBe('phone_already_bound')
  })
})

describe('guessing a code', () => {
  test('T2 five tries a flow: then not even the right code counts', async () => {
    const lin = await somebody()
    const { flow, code } = await start(lin)
    for (const left of [4, 3, 2, 1, 0]) {
      const result = await lin.call(confirmBindingOperation, { flow, code: wrongFor(code) })
      expect(result).toMatchObject({ ok: false, code: 'code_wrong', fields: ['code'], values: { left } })
    }
    expect(codeOf(await lin.call(confirmBindingOperation, { flow, code }))).toBe('code_exhausted')
    expect(done(await lin.call(showPhoneOperation)).bound).toBeNull()
  })

  test('T2 a resend brings a new code and no new tries', async () => {
    const lin = await somebody()
    const { flow, number, code } = await start(lin)
    for (let n = 0; n < 3; n++) await lin.call(confirmBindingOperation, { flow, code: wrongFor(code) })
    await house.later('61 seconds')
    done(await lin.call(resendCodesOperation, { flow }))
    const second = codeTo(await house.texts(lin.mailbox), number)
    const results = []
    for (let n = 0; n < 3; n++) results.push(codeOf(await lin.call(confirmBindingOperation, { flow, code: wrongFor(second) })))
    expect(results).toEqual(['code_wrong', 'code_wrong', 'code_exhausted'])
    await house.later('61 seconds')
    expect(codeOf(await lin.call(resendCodesOperation, { flow }))).toBe('code_exhausted')
  })

  test('T2 fifty guesses at once are counted one by one', async () => {
    const lin = await somebody()
    const { flow, code } = await start(lin)
    const second = house.second()
    const guesses = Array.from({ length: 50 }, (_, n) =>
      lin.call(confirmBindingOperation, { flow, code: wrongFor(code) }, { on: n % 2 ? second : house }),
    )
    const codes = (await Promise.all(guesses)).map(codeOf)
    expect(codes.filter((code) => code === 'code_wrong')).toHaveLength(5)
    expect(new Set(codes)).toEqual(new Set(['code_wrong', 'code_exhausted']))
  })

  test('T2 the eleventh wrong try of a day is refused, across resends and new flows, and so is the right code', async () => {
    const lin = await somebody()
    for (const _ of [1, 2]) {
      const { flow, code } = await start(lin)
      for (let n = 0; n < 4; n++) expect(codeOf(await lin.call(confirmBindingOperation, { flow, code: wrongFor(code) }))).toBe('code_wrong')
      await house.later('61 seconds')
    }
    const { flow, code, number } = await start(lin)
    for (let n = 0; n < 2; n++) expect(codeOf(await lin.call(confirmBindingOperation, { flow, code: wrongFor(code) }))).toBe('code_wrong')
    expect(codeOf(await lin.call(confirmBindingOperation, { flow, code }))).toBe('code_exhausted')
    await house.later('61 seconds')
    await lin.signIn()
    expect(codeOf(await lin.call(startBindingOperation, { number }))).toBe('code_exhausted')
    await house.later('24 hours')
    await lin.signIn()
    expect(await bind(lin)).toMatch(/^\+86/)
  })

  test('T3 a sweep over many accounts stops at fifty wrong codes a minute, for the site', async () => {
    const lin = await somebody()
    const own = await start(lin)
    const codes: string[] = []
    for (let n = 0; n < 12; n++) {
      const victim = await somebody()
      const started = await victim.call(startBindingOperation, { number: newNumber() }, { request: { ...REQUEST, ip: `10.9.9.${n}` } })
      if (!started.ok) break
      for (let tries = 0; tries < 5; tries++)
        codes.push(codeOf(await victim.call(confirmBindingOperation, { flow: started.data.id, code: '000000' })))
    }
    expect(codes).toEqual(Array(50).fill('code_wrong'))
    expect(codeOf(await lin.call(confirmBindingOperation, { flow: own.flow, code: own.code }))).toBe('code_exhausted')
    await house.later('61 seconds')
    done(await lin.call(confirmBindingOperation, { flow: own.flow, code: own.code }))
  })
})

describe('the flow stands on the server', () => {
  test('T4 fifty right answers at once on two instances bind once', async () => {
    const lin = await somebody()
    const { flow, code } = await start(lin)
    const second = house.second()
    const answers = Array.from({ length: 50 }, (_, n) => lin.call(confirmBindingOperation, { flow, code }, { on: n % 2 ? second : house }))
    const codes = (await Promise.all(answers)).map(codeOf)
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    const notices = await house.owner`select from notices where mailbox = ${lin.mailbox} and kind = 'phone_bound'`
    expect(notices).toHaveLength(1)
  })

  test('T4 a code that was used does nothing a second time', async () => {
    const lin = await somebody()
    const { flow, code } = await start(lin)
    done(await lin.call(confirmBindingOperation, { flow, code }))
    expect(codeOf(await lin.call(confirmBindingOperation, { flow, code }))).toBe('code_expired')
  })

  test('T5 another person’s flow is not found, with the right code and a mailbox of one’s own or theirs', async () => {
    const [lin, mallory] = [await somebody(), await somebody()]
    const { flow, code } = await start(lin)
    expect(codeOf(await mallory.call(confirmBindingOperation, { flow, code }))).toBe('code_expired')
    expect(codeOf(await mallory.call(resendCodesOperation, { flow }))).toBe('code_expired')
    expect(codeOf(await mallory.call(confirmBindingOperation, { mailbox: lin.mailbox, flow, code }))).toBe('forbidden')
    expect(done(await lin.call(confirmBindingOperation, { flow, code })).masked).toMatch(/\*{4}/)
  })

  test('T5 the code of one number does not bind another: a new start ends the flow before', async () => {
    const lin = await somebody()
    const own = await start(lin)
    await house.later('61 seconds')
    const target = await start(lin)
    expect(codeOf(await lin.call(confirmBindingOperation, { flow: own.flow, code: own.code }))).toBe('code_expired')
    if (own.code !== target.code)
      expect(codeOf(await lin.call(confirmBindingOperation, { flow: target.flow, code: own.code }))).toBe('code_wrong')
  })

  test('T5 the browser cannot say where the code goes or what is bound: extra fields are ignored', async () => {
    const lin = await somebody()
    const { flow, number, code } = await start(lin)
    await house.later('61 seconds')
    const swapped = { flow, number: '+8613800138666', numberCipher: 'x', kind: 'bind', attempts: -100, expiresAt: '2099-01-01' }
    done(await lin.call(resendCodesOperation, swapped))
    expect((await house.texts(lin.mailbox)).map(({ to }) => to)).toEqual([number, number])
    const newest = codeTo(await house.texts(lin.mailbox), number)
    if (newest !== code) expect(codeOf(await lin.call(confirmBindingOperation, { ...swapped, code }))).toBe('code_wrong')
    done(await lin.call(confirmBindingOperation, { ...swapped, code: newest }))
    expect(done(await lin.call(showPhoneOperation)).bound?.masked.slice(-4)).toBe(number.slice(-4))
  })

  test('T5 for a change the two codes cannot be swapped, doubled or left out', async () => {
    const lin = await somebody()
    const old = await bind(lin)
    const { flow, number, code } = await start(lin)
    const oldCode = codeTo(await house.texts(lin.mailbox), old)
    expect(number).not.toBe(old)
    const tries = [{ code }, { code: oldCode, oldCode: code }, { code, oldCode: code }, { code: oldCode, oldCode }]
    for (const attempt of tries) {
      if (code === oldCode) break
      expect(codeOf(await lin.call(confirmBindingOperation, { flow, ...attempt }))).toBe('code_wrong')
    }
    expect(done(await lin.call(confirmBindingOperation, { flow, code, oldCode })).coolingUntil).not.toBeNull()
  })

  test('T5 a confirmation without a start is refused', async () => {
    const lin = await somebody()
    const flow = crypto.randomUUID()
    expect(codeOf(await lin.call(confirmBindingOperation, { flow, code: '123456' }))).toBe('code_expired')
    expect(codeOf(await lin.call(resendCodesOperation, { flow }))).toBe('code_expired')
  })
})

describe('how many accounts a number serves', () => {
  test('T11 three, and a fourth is refused before a text is sent', async () => {
    const number = newNumber()
    for (let n = 0; n < 3; n++) await bind(await somebody(), number)
    const fourth = await somebody()
    expect(codeOf(await fourth.call(startBindingOperation, { number }))).toBe('phone_taken')
    expect(await house.texts(fourth.mailbox)).toEqual([])
  })

  test('T11 three, also when ten people confirm at the same time', async () => {
    const number = newNumber()
    const second = house.second()
    const asking = []
    for (let n = 0; n < 10; n++) {
      const person = await somebody()
      asking.push({ person, ...(await start(person, number)) })
      await house.forgetLimits()
    }
    const results = await Promise.all(
      asking.map(({ person, flow, code }, n) => person.call(confirmBindingOperation, { flow, code }, { on: n % 2 ? second : house })),
    )
    expect(results.map(codeOf).sort()).toEqual(['done', 'done', 'done', ...Array(7).fill('phone_taken')])
  })
})

test('without a session nothing of a phone is shown or sent', async () => {
  const lin = await somebody()
  for (const operation of [showPhoneOperation, startBindingOperation]) {
    const result = await operation.execute(anonymous(), { mailbox: lin.mailbox, number: newNumber() }, house)
    expect(codeOf(result)).toBe('unauthenticated')
  }
})
