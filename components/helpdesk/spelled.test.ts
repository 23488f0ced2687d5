import { expect, test } from 'vitest'
import { spelled } from './spelled.ts'

test('A pass is spelled as it is read out, in the groups that are shown', () => {
  expect(spelled('k4tqabc7')).toEqual(['k Kilo · 4 · t Tango · q Quebec', 'a Alfa · b Bravo · c Charlie · 7'])
})

test('Every letter has a word of its own', () => {
  const said = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) => spelled(letter))
  expect(new Set(said.map((words) => words.split(' ')[1])).size).toBe(26)
})
