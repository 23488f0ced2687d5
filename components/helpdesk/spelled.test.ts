import { expect, test } from 'vitest'
import { spelled } from './spelled.ts'

test('A pass is spelled as it is read out, in the groups that are shown', () => {
  expect(spelled('k4tqabc7')).toEqual(
    ['k_Kilo · 4 · t_Tango · q_Quebec', 'a_Alfa · b_Bravo · c_Charlie · 7'].map((words) => words.replaceAll('_', '\u00a0')),
  )
})

test('Every letter has a word of its own', () => {
  const said = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) => spelled(letter))
  expect(new Set(said.map((words) => words.split('\u00a0')[1])).size).toBe(26)
})
