import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '#db/client.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { verifyAndKeep } from './audit-verdict.ts'
import type { Resources } from './context.ts'
import { env } from './env.ts'
import { components } from './health.ts'
import { type House, testHouse } from './testing/house.ts'
import { beat } from './worker-pulse.ts'

let house: House
let answer = 200
const provider = createServer((_, response) => response.writeHead(answer).end('{}'))
beforeAll(async () => {
  house = await testHouse()
  await beat(house.db, ['a worker'])
  await verifyAndKeep(house)
  await new Promise<void>((ready) => provider.listen(0, '127.0.0.1', ready))
  env().OIDC_ISSUER = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
})
afterAll(() => {
  provider.closeAllConnections()
  provider.close()
})

const down = async (on: Resources = house) => (await components(on)).filter(({ ok }) => !ok).map(({ name }) => name)

test('Everything that the portal stands on is named', async () => {
  const found = await components(house)
  expect(found.map(({ name }) => name)).toEqual([
    'database',
    'identity_provider',
    'directory',
    'mailbox',
    'app_passwords',
    'trace',
    'quarantine',
    'filter',
    'address_book',
    'sms',
    'worker',
    'audit',
  ])
  expect(found.filter(({ essential }) => essential).map(({ name }) => name)).toEqual(['database'])
  expect(await down()).toEqual([])
})

test('F14 a provider that answers with an error, or not at all, is down', async () => {
  answer = 503
  expect(await down()).toEqual(['identity_provider'])
  answer = 404
  expect(await down()).toEqual([])
})

test('F13 what hangs is down after a while, and holds up nothing else', async () => {
  const check = () => new Promise<never>(() => {})
  expect(await down({ ...house, mail: { ...house.mail, directory: { ...house.mail.directory, check } } })).toEqual(['directory'])
})

test('F5 a mail store that is away is down', async () => {
  const check = () => Promise.reject(new MailCoreError('unreachable'))
  expect(await down({ ...house, mail: { ...house.mail, mailbox: { ...house.mail.mailbox, check } } })).toEqual(['mailbox'])
})

test('F3 a worker that takes no job for two minutes is down', async () => {
  await house.db.$client`select graphile_worker.add_job('nobody', '{}')`
  expect(await down()).toEqual([])
  await house.owner`update graphile_worker._private_jobs set run_at = now() - interval '121 seconds'`
  expect(await down()).toEqual(['worker'])
})

test('F8 texts of which most do not arrive are down, a few mistyped numbers are not', async () => {
  const text = (state: string) =>
    house.owner`insert into sms_messages (mailbox, purpose, phone_cipher, state) values ('a@yunling.example', 'code', ''::bytea, ${state})`
  for (let n = 0; n < 4; n++) await text('undelivered')
  expect(await down()).not.toContain('sms')
  await text('undelivered')
  expect(await down()).toContain('sms')
  for (let n = 0; n < 5; n++) await text('delivered')
  expect(await down()).not.toContain('sms')
})

test('F1 without the database what needs it is down', async () => {
  expect(await down({ ...house, db: connect('postgres://x@127.0.0.1:1/x', { max: 1 }) })).toEqual(['database', 'sms', 'worker', 'audit'])
})
