import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { done, testHouse } from '#lib/platform/testing/house.ts'
import { emit } from '#lib/platform/webhooks/events.ts'
import { startReceiver } from '#lib/platform/webhooks/testing/receiver.ts'
import { createWebhookOperation } from './operations.ts'

const WORKER = new URL('../../worker.ts', import.meta.url).pathname
let running: ChildProcess | undefined
afterAll(() => running?.kill('SIGKILL'))

const start = (url: string) => {
  running = spawn(process.execPath, [WORKER], { env: { ...process.env, DATABASE_URL: url }, stdio: 'ignore' })
  return running
}

test('F3 a worker that is killed before it reads the answer sends the same again, under the same id', { timeout: 60_000 }, async () => {
  const house = await testHouse()
  const admin = await house.person('sun.qiang', { groups: ['mail-admins'] })
  let arrived: (response: ServerResponse) => void = () => {}
  const next = () => new Promise<ServerResponse>((resolve) => (arrived = resolve))
  const receiver = await startReceiver((response) => arrived(response))
  const { id } = done(await admin.call(createWebhookOperation, { url: receiver.url, events: ['request.withdrawn'] }))
  await emit(house.db, 'request.withdrawn', { request: crypto.randomUUID() })

  const first = next()
  const worker = start(house.url)
  await first
  worker.kill('SIGKILL')
  await once(worker, 'exit')
  // As if it had said nothing for long enough.
  await house.owner`update worker_pulse set seen_at = now() - interval '11 seconds'`
  await house.owner`update graphile_worker._private_jobs set locked_at = now() - interval '11 seconds' where locked_at is not null`

  const second = next()
  start(house.url)
  ;(await second).end()
  const settled = async () => (await house.owner`select state, attempts from webhook_deliveries where webhook = ${id}`)[0]
  await expect.poll(settled, { timeout: 30_000 }).toEqual({ state: 'delivered', attempts: 2 })
  const [one, again] = receiver.received
  expect(receiver.received).toHaveLength(2)
  expect([again?.body, again?.headers['webhook-id']]).toEqual([one?.body, one?.headers['webhook-id']])
})
