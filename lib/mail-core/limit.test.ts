import { afterEach, expect, test, vi } from 'vitest'
import { atMost } from './limit.ts'
import { dovecotMailbox } from './mailbox/dovecot.ts'
import { serve } from './testing/tcp-server.ts'

afterEach(() => {
  vi.useRealTimers()
})

const TURNED_AWAY = { name: 'MailCoreError', code: 'unreachable', message: 'unreachable' }

test('So many run at once, the others in the order they came', async () => {
  const limited = atMost(2)
  const started: number[] = []
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const all = gates.map(({ promise }, index) =>
    limited(async () => {
      started.push(index)
      await promise
    }),
  )
  expect(started).toEqual([0, 1])
  for (const [index, gate] of gates.entries()) {
    gate.resolve()
    await all[index]
    expect(started).toEqual([0, 1, 2, 3, 4].slice(0, Math.min(5, index + 3)))
  }
})

test('A failure makes room like anything else', async () => {
  const limited = atMost(1)
  const [failed, next] = [limited(() => Promise.reject(new Error('broken'))), limited(async () => 'done')]
  await expect(failed).rejects.toThrow('broken')
  expect(await next).toBe('done')
})

test('F13 a crowd is turned away at once, and who has waited long enough', async () => {
  vi.useFakeTimers()
  const limited = atMost(1, { patienceMs: 3_000 })
  const first = Promise.withResolvers<string>()
  const running = limited(() => first.promise)
  const waiting = Array.from({ length: 200 }, () => limited(async () => 'late').catch((error) => error))
  await expect(limited(async () => 'more')).rejects.toMatchObject(TURNED_AWAY)
  await vi.advanceTimersByTimeAsync(3_000)
  for (const outcome of await Promise.all(waiting)) expect(outcome).toMatchObject(TURNED_AWAY)
  const patient = limited(async () => 'next')
  first.resolve('first')
  expect(await Promise.all([running, patient])).toEqual(['first', 'next'])
})

test('F13 of a crowd before a mail server that hangs few reach it, and all are answered', async () => {
  const imap = await serve(() => {})
  const mailbox = dovecotMailbox({
    imap,
    master: { user: 'portal', password: 'x' },
    doveadm: { url: `http://127.0.0.1:${imap.port}`, key: 'x' },
    timeoutMs: 500,
  })
  const outcomes = await Promise.all(
    Array.from({ length: 300 }, (_, index) => {
      const address = `${index}@yunling.example`
      const call = index % 2 === 0 ? mailbox.recent(address, { folder: 'INBOX', limit: 1 }) : mailbox.quota(address)
      return call.catch((error) => error.code)
    }),
  )
  expect(new Set(outcomes)).toEqual(new Set(['timeout', 'unreachable']))
  expect(imap.sockets.size).toBeLessThan(100)
})
