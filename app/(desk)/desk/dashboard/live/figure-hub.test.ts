import { expect, test } from 'vitest'
import { figureHub } from './figure-hub.ts'

/** A hub over a counter, and how often it was read and listened to. */
function made() {
  let count = 0
  const seen = { reads: 0, listens: 0 }
  let tell = () => {}
  const gates: (() => void)[] = []
  const watch = figureHub(
    async (period) => {
      seen.reads++
      await new Promise<void>((resolve) => gates.push(resolve))
      return { period, count }
    },
    async (listener) => {
      seen.listens++
      tell = listener
      return () => {}
    },
  )
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  /** Lets what is being read come to its end. */
  const answer = async () => {
    for (const open of gates.splice(0)) open()
    await settle()
  }
  const counted = () => {
    count++
    tell()
  }
  return { watch, seen, answer, counted }
}

function viewer() {
  const heard: unknown[] = []
  const send = (event: Uint8Array) => void heard.push(JSON.parse(/data: (.*)/.exec(new TextDecoder().decode(event))?.[1] ?? 'null'))
  return { heard, send }
}

test('However many watch, the figures are read once, over one connection', async () => {
  const { watch, seen, answer, counted } = made()
  const viewers = Array.from({ length: 500 }, viewer)
  await Promise.all(viewers.map(({ send }) => watch('day', send)))
  await answer()
  expect(seen).toEqual({ reads: 1, listens: 1 })
  counted()
  await answer()
  expect(seen).toEqual({ reads: 2, listens: 1 })
  for (const { heard } of viewers) expect(heard.at(-1)).toEqual({ period: 'day', count: 1 })
})

test('Each hears of its own period', async () => {
  const { watch, answer, counted } = made()
  const [day, week] = [viewer(), viewer()]
  await watch('day', day.send)
  await watch('week', week.send)
  await answer()
  counted()
  await answer()
  expect(new Set(day.heard.map((one) => (one as { period: string }).period))).toEqual(new Set(['day']))
  expect(week.heard.at(-1)).toEqual({ period: 'week', count: 1 })
})

test('What is counted while the figures are read is read once more', async () => {
  const { watch, seen, answer, counted } = made()
  const one = viewer()
  await watch('day', one.send)
  for (let n = 0; n < 5; n++) counted()
  await answer()
  await answer()
  expect(seen.reads).toBe(2)
  expect(one.heard.at(-1)).toEqual({ period: 'day', count: 5 })
})

test('When nobody watches, nothing is read; who comes then hears what is so now', async () => {
  const { watch, seen, answer, counted } = made()
  const [one, other] = [viewer(), viewer()]
  const leave = await watch('day', one.send)
  await answer()
  leave()
  counted()
  expect(seen.reads).toBe(1)
  await watch('day', other.send)
  await answer()
  expect(one.heard).toHaveLength(1)
  expect(other.heard).toEqual([{ period: 'day', count: 1 }])
})
