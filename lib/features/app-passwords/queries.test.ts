import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { appPasswordsQuery, isSignedOut } from './queries.ts'
import { AppPasswordList } from './schema.ts'

afterEach(() => vi.unstubAllGlobals())

const answering = (body: unknown, status = 200) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => Response.json(body, { status })),
  )
const read = () => new QueryClient().fetchQuery(appPasswordsQuery('me'))

const list: AppPasswordList = {
  on: true,
  most: 20,
  mostDays: 365,
  active: 1,
  phone: { masked: '138****8000', coolingUntil: new Date('2026-11-26T02:42:00Z') },
  items: [
    {
      id: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
      name: '办公室Outlook',
      protocols: ['imap', 'smtp'],
      createdAt: new Date('2026-08-31T00:00:00Z'),
      expiresAt: new Date('2026-11-30T00:00:00Z'),
      daysLeft: 7,
      lastUsed: { at: new Date('2026-11-23T02:24:00Z'), ip: '10.21.4.18', network: '校内|campus', protocol: 'imap' },
    },
  ],
}

test('What the API sends comes back with its instants', async () => {
  answering(list)
  expect(await read()).toEqual(AppPasswordList.parse(list))
})

test('Never used and no cooling-off stay null', async () => {
  const bare = { ...list, phone: { masked: '138****8000', coolingUntil: null }, items: [{ ...list.items[0], lastUsed: null }] }
  answering(bare)
  expect(await read()).toMatchObject({ phone: { coolingUntil: null }, items: [{ lastUsed: null }] })
})

test('The end of the session is told from a server that fails, and not asked about twice', async () => {
  answering({ code: 'unauthenticated' }, 401)
  expect(isSignedOut(await read().catch((error) => error))).toBe(true)
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('A server that fails is no end of the session', async () => {
  answering({}, 503)
  const error = await read().catch((error) => error)
  expect(error).toBeInstanceOf(Error)
  expect(isSignedOut(error)).toBe(false)
})
