import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MOST_STREAMS } from '#lib/platform/event-stream.ts'
import { changeStream } from './change-stream.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A stream of one mailbox, what it has said so far, and how many still listen. */
async function opened(mailbox: string, listen?: () => Promise<() => void>) {
  const listeners = new Set<() => void>()
  const abort = new AbortController()
  const subscribe = async (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const reader = changeStream(mailbox, listen ?? subscribe, abort.signal).getReader()
  const said: string[] = []
  let over = false
  const read = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) said.push(new TextDecoder().decode(part.value))
    over = true
  }
  void read()
  await vi.advanceTimersByTimeAsync(0)
  const events = () => said.filter((text) => text.startsWith('event: changed'))
  const change = () => {
    for (const each of listeners) each()
  }
  return { listeners, abort, reader, said, events, isOver: () => over, change }
}

test('A change is told at once, and what follows it at most four times a second', async () => {
  const stream = await opened('a@yunling.example')
  for (let i = 0; i < 10; i++) stream.change()
  await vi.advanceTimersByTimeAsync(0)
  expect(stream.events()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(250)
  expect(stream.events()).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(stream.events()).toHaveLength(2)
  stream.abort.abort()
})

test('A quiet stream says every 15 seconds that it is still there', async () => {
  const stream = await opened('b@yunling.example')
  await vi.advanceTimersByTimeAsync(45_000)
  expect(stream.said.filter((text) => text.startsWith(':'))).toHaveLength(3)
  stream.abort.abort()
})

test('T15 after five minutes it ends, so that a session that is over hears no more', async () => {
  const stream = await opened('c@yunling.example')
  await vi.advanceTimersByTimeAsync(299_000)
  expect(stream.isOver()).toBe(false)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(stream.isOver()).toBe(true)
  expect(stream.listeners.size).toBe(0)
})

test.each(['abort', 'cancel'] as const)('Nothing is left of it after %s', async (how) => {
  const stream = await opened('d@yunling.example')
  if (how === 'abort') stream.abort.abort()
  else await stream.reader.cancel()
  await vi.advanceTimersByTimeAsync(0)
  expect(stream.listeners.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('A database that does not answer leaves nothing either', async () => {
  const stream = changeStream('e@yunling.example', () => Promise.reject(new Error('down')), new AbortController().signal)
  await expect(stream.getReader().closed).rejects.toThrow('down')
  expect(vi.getTimerCount()).toBe(0)
})

test('Of one person the oldest stream gives way to a sixth', async () => {
  const streams = []
  for (let i = 0; i <= MOST_STREAMS; i++) streams.push(await opened('f@yunling.example'))
  const other = await opened('g@yunling.example')
  expect(streams.map(({ isOver }) => isOver())).toEqual([true, false, false, false, false, false])
  expect(other.isOver()).toBe(false)
  for (const { abort } of [...streams, other]) abort.abort()
})
