import { beforeAll, expect, test } from 'vitest'
import { actorOfApiKey, createApiKey } from './api-keys.ts'
import { everyCell, placesOf } from './testing/dump.ts'
import { type House, testHouse } from './testing/house.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})

let made = 0
async function create(days = 30): Promise<string> {
  const key = await createApiKey(house.db, { name: `dashboard ${++made}`, scopes: ['figures'], days, owner: 'admin@yunling.example' })
  return key?.secret ?? ''
}
const kindOf = async (secret: string) => (await actorOfApiKey(house.db, secret, null)).kind

test('A key is its holder, within its scopes, and its use is noted', async () => {
  const secret = await create()
  expect(secret).toMatch(/^phk_[\w-]{43}$/)
  expect(await actorOfApiKey(house.db, secret, '10.0.0.9')).toEqual({ kind: 'apiKey', id: 'dashboard 1', scopes: ['figures'] })
  const [row] = await house.owner`select last_used_at, last_used_ip from api_keys`
  expect(row).toEqual({ last_used_at: expect.any(Date), last_used_ip: '10.0.0.9' })
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
