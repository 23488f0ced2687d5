import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeRecoveryCodesOperation } from '#lib/features/password/operations.ts'
import { startBindingOperation } from '#lib/features/phone/operations.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { anonymous, codeOf, done, type House, type Person, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { lookUp, resetCodeOn } from '#lib/platform/testing/texts.ts'
import { proveResetOperation, startResetOperation } from './operations.ts'

vi.hoisted(() => {
  process.env.NETWORKS = '10.0.0.0/8=校内|campus'
})

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
const newNumber = () => `+86135${String(71_000_000 + ++people * 1_000).padStart(8, '0')}`

interface Owner extends Person {
  number: string
}

async function owner(): Promise<Owner> {
  const person = await house.person(`l${++people}`)
  const number = newNumber()
  await bindPhone(house, person.mailbox, number)
  return Object.assign(person, { number })
}

const start = async (account: string, by: 'text' | 'pass' = 'text') => {
  const { token } = done(await startResetOperation.execute(anonymous(), { account, by }, house))
  await lookUp(house)
  return token
}
const prove = (token: string, code: string) => proveResetOperation.execute(anonymous(), { token, code }, house)
const codeOfText = ({ number }: Owner) => resetCodeOn(house.owner, number)
const wrongFor = (code: string) => (code === '00000000' ? '11111111' : '00000000')

test('T9 guesses by strangers close neither a recovery code nor the binding of a phone', async () => {
  const lin = await owner()
  const [recovery = ''] = done(await lin.call(makeRecoveryCodesOperation)).codes
  await house.later('73 hours')
  for (let flow = 0; flow < 2; flow++) {
    const token = await start(lin.mailbox)
    for (let n = 0; n < 5; n++) await prove(token, wrongFor(await codeOfText(lin)))
    await house.later('16 minutes')
  }
  expect(codeOf(await prove(await start(lin.mailbox), await codeOfText(lin)))).toBe('code_exhausted')
  expect(done(await prove(await start(lin.mailbox, 'pass'), recovery))).toMatchObject({ step: 'new' })
  await house.owner`delete from rate_hits where key like 'sms:%'`
  await lin.signIn()
  expect(codeOf(await lin.call(startBindingOperation, { number: newNumber() }))).toBe('done')
})

test('T3 one address alone cannot use up what the site lets through', async () => {
  const codes: string[] = []
  const stranger = anonymous({ ...REQUEST, ip: '203.0.113.77' })
  for (let flow = 0; flow < 6; flow++) {
    const { token } = done(await startResetOperation.execute(stranger, { account: `swept-by-one-${flow}`, by: 'pass' }, house))
    await lookUp(house)
    for (let n = 0; n < 5; n++) codes.push(codeOf(await proveResetOperation.execute(stranger, { token, code: '12345678' }, house)))
  }
  expect(codes.filter((code) => code === 'code_wrong')).toHaveLength(20)
  const lin = await owner()
  expect(done(await prove(await start(lin.mailbox), await codeOfText(lin)))).toMatchObject({ step: 'new' })
})

describe('limits on texts', () => {
  test('T8 one a minute, three in a quarter of an hour, five a day, by the account as it was typed', async () => {
    const lin = await owner()
    const ask = () => startResetOperation.execute(anonymous(), { account: lin.mailbox, by: 'text' }, house).then(codeOf)
    expect([await ask(), await ask()]).toEqual(['done', 'sms_limit'])
    await house.later('61 seconds')
    expect(await ask()).toBe('done')
    await house.later('61 seconds')
    expect(await ask()).toBe('done')
    await house.later('61 seconds')
    expect(await ask()).toBe('sms_limit')
  })

  test('T8 spelled differently it is still one person and one phone', async () => {
    const lin = await owner()
    await start(lin.mailbox)
    await start(lin.mailbox.split('@')[0] as string)
    expect((await house.texts(lin.mailbox)).filter(({ purpose }) => purpose === 'code')).toHaveLength(1)
  })

  test('T8 one address asks for ten an hour; two hundred people behind one campus address all pass', async () => {
    const from = (ip: string, n: number) =>
      startResetOperation.execute(anonymous({ ...REQUEST, ip }), { account: `some-${ip}-${n}`, by: 'text' }, house).then(codeOf)
    const outside: string[] = []
    for (let n = 0; n < 12; n++) outside.push(await from('203.0.113.9', n))
    expect(outside.filter((code) => code === 'done')).toHaveLength(10)
    await house.forgetLimits()
    const campus: string[] = []
    for (let n = 0; n < 200; n++) {
      if (n % 50 === 49) await house.owner`delete from rate_hits where key like 'operation:%'`
      campus.push(await from('10.21.4.18', n))
    }
    expect(new Set(campus)).toEqual(new Set(['done']))
  })
})
