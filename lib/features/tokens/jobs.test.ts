import { beforeAll, beforeEach, expect, test } from 'vitest'
import { done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { tokenJobs } from './jobs.ts'
import { createTokenOperation, revokeTokenOperation } from './operations.ts'

let house: House
let maker: Person
let other: Person
beforeAll(async () => {
  house = await testHouse()
  maker = await house.person('sun.qiang', { groups: ['mail-admins'] })
  other = await house.person('wu.gang', { groups: ['mail-admins'] })
  await house.person('chen.jing', { groups: ['helpdesk'] })
})
beforeEach(async () => {
  await house.owner`truncate api_keys, notices, graphile_worker._private_jobs`
  // The clocks of a test before may have left the session behind.
  await maker.signIn()
})

const create = async (days: number) => done(await maker.call(createTokenOperation, { name: 'ServiceDesk', scopes: ['figures'], days }))
const tell = (on = house as Parameters<NonNullable<(typeof tokenJobs.tasks)[string]>>[1]) =>
  tokenJobs.tasks['tokens.tell-expiring']?.({}, on)
const told = async () => {
  const rows = await house.owner`
    select mailbox, (params -> 'values' -> 'days')::int as days from notices where kind = 'api_token_expiring' order by 2 desc, 1`
  return rows.map(({ mailbox, days }) => [mailbox, days])
}
const all = (days: number) => [maker, other].map(({ mailbox }) => [mailbox, days])

test('F8 14 days and 1 day before a token ends its maker and the other administrators are told, each once', async () => {
  await create(30)
  await tell()
  expect(await told()).toEqual([])
  await house.later('16 days 1 hour')
  await Promise.all([tell(), tell(house.second()), tell()])
  expect(await told()).toEqual(all(14))
  await house.later('13 days')
  await tell()
  await tell()
  expect(await told()).toEqual([...all(14), ...all(1)])
  await house.work()
  const letter = (await lettersTo(house, other.mailbox)).at(-1)
  expect(letter?.subject).toMatch(/ServiceDesk.*expires/)
  expect(letter?.text).toContain(maker.mailbox)
})

test('Nobody is told of one that was made for no longer, that is revoked, or that has ended', async () => {
  const { id } = await create(14)
  await tell()
  done(await maker.call(revokeTokenOperation, { id }))
  await house.later('13 days 1 hour')
  await tell()
  await house.owner`update api_keys set revoked_at = null`
  await house.later('2 days')
  await tell()
  expect(await told()).toEqual([])
})
