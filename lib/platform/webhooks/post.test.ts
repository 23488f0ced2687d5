import { createHmac } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { env } from '../env.ts'
import { post } from './post.ts'
import { newWebhookSecret, signedHeaders } from './signature.ts'
import { startReceiver } from './testing/receiver.ts'

const names = vi.hoisted(() => new Map<string, { address: string; family: number }[]>())
vi.mock('node:dns', async (original) => {
  const dns = await original<typeof import('node:dns')>()
  const lookup = (name: string, options: object, callback: (error: Error | null, addresses?: object[]) => void) => {
    const known = names.get(name)
    if (known) callback(null, known)
    else dns.lookup(name, options as never, callback as never)
  }
  return { ...dns, default: { ...dns, lookup }, lookup }
})
afterEach(() => {
  Object.assign(env(), { DEMO: true, WEBHOOK_NETWORKS: [] })
})

test('A message arrives with the headers of Standard Webhooks, signed over id, time and body', async () => {
  const receiver = await startReceiver()
  const [secret, before] = [newWebhookSecret(), newWebhookSecret()]
  const body = '{"type":"request.filed","data":{"kind":"留言"}}'
  expect(await post(receiver.url, signedHeaders([secret, before], { id: 'msg_1', timestamp: 1_800_000_000, body }), body)).toEqual({
    ok: true,
    status: 200,
  })
  const [received] = receiver.received
  expect(received?.body).toBe(body)
  expect(received?.headers).toMatchObject({ 'webhook-id': 'msg_1', 'webhook-timestamp': '1800000000', 'content-type': 'application/json' })
  const expected = [secret, before].map((text) => {
    const key = Buffer.from(text.replace('whsec_', ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`msg_1.1800000000.${body}`).digest('base64')}`
  })
  expect(received?.headers['webhook-signature']).toBe(expected.join(' '))
})

test('The signature is the one of the specification’s own example', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const signed = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }
  expect(signedHeaders([secret], signed)['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test.each([
  [302, 'redirect'],
  [410, 'gone'],
  [404, 'status'],
  [503, 'status'],
])('The answer %i is no delivery, and nobody follows it elsewhere', async (status, problem) => {
  const elsewhere = await startReceiver()
  const receiver = await startReceiver((response) => response.writeHead(status, { location: elsewhere.url }).end('words'))
  expect(await post(receiver.url, {}, '{}')).toEqual({ ok: false, status, problem })
  expect(elsewhere.received).toEqual([])
})

test('Whoever does not answer is given up, and whoever answers without end is not listened to', async () => {
  const silent = await startReceiver(() => {})
  expect(await post(silent.url, {}, '{}', 50)).toEqual({ ok: false, status: null, problem: 'timeout' })
  const endless = await startReceiver((response) => {
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    }
    response.on('drain', pour).writeHead(200)
    pour()
  })
  expect(await post(endless.url, {}, '{}')).toEqual({ ok: true, status: 200 })
})

test('Where nobody listens, or nobody speaks TLS, says so', async () => {
  const receiver = await startReceiver()
  expect(await post(receiver.url.replace('http:', 'https:'), {}, '{}')).toMatchObject({ ok: false, problem: 'tls' })
  receiver.close()
  expect(await post(receiver.url, {}, '{}')).toMatchObject({ ok: false, problem: 'unreachable' })
})

test('A name that leads into a private network is not followed there, not even when one of its addresses is public', async () => {
  const receiver = await startReceiver()
  names.set('hook.example', [{ address: '127.0.0.1', family: 4 }])
  const url = receiver.url.replace('127.0.0.1', 'hook.example')
  expect(await post(url, {}, '{}')).toMatchObject({ ok: true })
  env().DEMO = false
  expect(await post(url, {}, '{}')).toEqual({ ok: false, status: null, problem: 'address' })
  names.set('hook.example', [
    { address: '8.8.8.8', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ])
  expect(await post(url, {}, '{}')).toMatchObject({ problem: 'address' })
  expect(await post(receiver.url, {}, '{}')).toMatchObject({ problem: 'address' })
  env().WEBHOOK_NETWORKS = ['127.0.0.0/8']
  expect(await post(receiver.url, {}, '{}')).toMatchObject({ ok: true })
  expect(receiver.received).toHaveLength(2)
})
