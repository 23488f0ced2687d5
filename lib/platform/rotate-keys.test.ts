import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cancelChangeOperation, showPhoneOperation } from '#lib/features/phone/operations.ts'
import { signOutOperation } from '#lib/features/sso/operations.ts'
import { env } from './env.ts'
import { rotateKeys } from './rotate-keys.ts'
import { type Belongings, furnish } from './testing/belongings.ts'
import { everyCell } from './testing/dump.ts'
import { anonymous, done, type House, testHouse } from './testing/house.ts'
import { lettersTo } from './testing/letters.ts'

const keys = env().PHONE_KEYS
const original = [...keys]
let house: House
let lin: Belongings
beforeEach(async () => {
  house = await testHouse()
  lin = await furnish(house, 'lin', 10)
})
afterEach(() => {
  keys.splice(0, keys.length, ...original)
})

const newKey = (id: string) => keys.unshift({ id, key: randomBytes(32).toString('base64') })

/** The columns that hold something sealed under a key, also inside Base64. */
async function sealedUnder(id: string): Promise<string[]> {
  const mark = Buffer.concat([Buffer.from([id.length]), Buffer.from(id)])
  const starts = (text: string) => text.startsWith(mark.toString('latin1')) || text.includes(`"${mark.toString('base64')}`)
  return [...new Set((await everyCell(house.owner)).filter(({ text }) => starts(text)).map(({ place }) => place))].sort()
}

const EVERYWHERE = [
  'notices.params',
  'phone_flows.number_cipher',
  'phones.number_cipher',
  'phones.previous_cipher',
  'sessions.logout_hint',
  'sms_messages.body_cipher',
  'sms_messages.phone_cipher',
  'webhooks.previous_secret',
  'webhooks.secret',
]

test('Everything that is sealed is sealed anew, and then the old key can be taken away', async () => {
  expect(await sealedUnder('k1')).toEqual(EVERYWHERE)
  newKey('k2')
  const rotations = await rotateKeys(house.db.$client)
  expect(rotations.every(({ resealed, unreadable }) => resealed > 0 && unreadable === 0)).toBe(true)
  expect(await sealedUnder('k1')).toEqual([])
  expect(await sealedUnder('k2')).toEqual(EVERYWHERE)

  keys.pop()
  expect(done(await lin.person.call(showPhoneOperation)).bound?.masked.slice(-4)).toBe(lin.number.slice(-4))
  expect((await house.texts(lin.person.mailbox)).map(({ to }) => to)).toContain(lin.oldNumber)
  await house.work()
  const letters = await lettersTo(house, lin.person.mailbox)
  expect(letters.some(({ text }) => text?.includes(lin.cancelToken))).toBe(true)
  done(await cancelChangeOperation.execute(anonymous(), { token: lin.cancelToken }, house))
  await lin.person.signIn()
  expect(done(await lin.person.call(showPhoneOperation)).bound?.masked.slice(-4)).toBe(lin.oldNumber.slice(-4))
  expect(done(await lin.person.call(signOutOperation)).logoutHint).toBe('hint-lin')
})

test('Run again, it has nothing to do', async () => {
  newKey('k2')
  await rotateKeys(house.db.$client)
  const rotations = await rotateKeys(house.db.$client)
  expect(rotations.every(({ resealed, unreadable }) => resealed === 0 && unreadable === 0)).toBe(true)
})

test('More rows than a batch are all sealed anew', async () => {
  await house.owner`
    insert into phones (mailbox, number_cipher, number_index, country)
    select 'p' || n || '@yunling.example', p.number_cipher, '', 'CN' from generate_series(1, 1200) n, phones p where mailbox = ${lin.person.mailbox}`
  newKey('k2')
  const [phones] = await rotateKeys(house.db.$client)
  // Copied from another row, they open nowhere; what counts is that each was looked at.
  expect(phones).toMatchObject({ resealed: 1, unreadable: 1_200 })
})

test('What no key opens is counted and left as it is', async () => {
  await house.owner`update phones set previous_cipher = '\\x026b30ffff'`
  newKey('k2')
  const [, previous] = await rotateKeys(house.db.$client)
  expect(previous).toEqual({ place: 'phones: previous_cipher', resealed: 0, unreadable: 1 })
  const [row] = await house.owner`select encode(previous_cipher, 'hex') as hex from phones`
  expect(row?.hex).toBe('026b30ffff')
})

test('F12 a number that is changed meanwhile is not overwritten with the old one', async () => {
  newKey('k2')
  const rotating = rotateKeys(house.db.$client)
  await house.owner`update phones set number_cipher = previous_cipher`
  await rotating
  await rotateKeys(house.db.$client)
  expect(done(await lin.person.call(showPhoneOperation)).bound?.masked.slice(-4)).toBe(lin.oldNumber.slice(-4))
})
