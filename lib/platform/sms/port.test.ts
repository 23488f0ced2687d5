import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rankOf, type SmsState } from './port.ts'

const reported: SmsState[] = ['sending', 'sent', 'failed', 'undelivered', 'delivered']

test('F9 the ranks put what became of a message after what is under way', () => {
  expect(reported.map(rankOf)).toEqual([...reported.map(rankOf)].sort((a, b) => a - b))
  expect(new Set(reported.map(rankOf)).size).toBe(reported.length)
  expect(rankOf('queued')).toBeLessThan(rankOf('sending'))
})

test('F9 reports in any order end in the same state', () => {
  const last = (states: SmsState[]) => states.reduce((now, next) => (rankOf(next) > rankOf(now) ? next : now), 'queued')
  const twoOrders = fc.array(fc.constantFrom(...reported)).chain((states) => fc.tuple(shuffled(states), shuffled(states)))
  fc.assert(fc.property(twoOrders, ([one, other]) => last(one) === last(other)))
})

const shuffled = (states: SmsState[]) => fc.shuffledSubarray(states, { minLength: states.length })
