import { beforeAll, expect, test } from 'vitest'
import { actorOfApiKey, createApiKey } from './api-keys.ts'
import { everyCell, placesOf } from './testing/dump.ts'
import { type House, testHouse } from './testing/house.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})

const create = (days = 30) => createApiKey(house.db, { name: 'dashboard', scopes: ['metrics'], days })
const kindOf = async (secret: string) => (await actorOfApiKey(house.db, secret)).kind

test('A key is its holder, within its scopes, and its use is noted', async () => {
  const secret = await create()
  expect(secret).toMatch(/^phk_[\w-]{43}$/)
  expect(await actorOfApiKey(house.db, secret)).toMatchObject({ kind: 'apiKey', scopes: ['metrics'] })
  const [row] = await house.owner`select last_used_at from api_keys`
  expect(row?.last_used_at).not.toBeNull()
})

test('T23 a key is stored as a hash', async () => {
  expect(placesOf(await everyCell(house.owner), await create())).toEqual([])
})

test('A key is nobody’s once it is revoked or has expired', async () => {
  const [revoked, expired] = [await create(), await create(1)]
  await house.owner`update api_keys set revoked_at = now() where expires_at > now() + interval '2 days'`
  expect(await kindOf(revoked)).toBe('anonymous')
  expect(await kindOf(expired)).toBe('apiKey')
  await house.later('24 hours')
  expect(await kindOf(expired)).toBe('anonymous')
})

test.each(['', 'phk_', '\u0000', "' or true --", 'x'.repeat(100_000)])('T6 %j is nobody’s key', async (secret) => {
  expect(await kindOf(secret)).toBe('anonymous')
})
