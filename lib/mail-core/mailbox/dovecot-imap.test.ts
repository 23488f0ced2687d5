import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expand } from './dovecot-imap.ts'

test.each([
  ['5', [5]],
  ['5:7', [5, 6, 7]],
  ['7:5', [7, 6, 5]],
  ['9,5:6,2', [9, 5, 6, 2]],
  ['', []],
  ['NIL', []],
  ['1:*', []],
])('The set %j is %j', (set, uids) => {
  expect(expand(set, 10)).toEqual(uids)
})

test('A server cannot make the list longer than was asked for', () => {
  for (const set of ['1:4294967295', '4294967295:1', '1:3,4:6']) expect(() => expand(set, 5)).toThrow('refused')
})

test('Whatever a server says, the list stays short', () => {
  fc.assert(
    fc.property(fc.string(), (set) => {
      try {
        expect(expand(set, 20).length).toBeLessThanOrEqual(20)
      } catch (error) {
        expect((error as Error).message).toBe('refused')
      }
    }),
  )
})
