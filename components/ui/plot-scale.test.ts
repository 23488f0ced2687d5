import { expect, test } from 'vitest'
import { marksFor, pathOf } from './plot-scale.ts'

test.each([
  [0, [0, 1, 2, 3]],
  [3, [0, 1, 2, 3]],
  [4, [0, 2, 4, 6]],
  [7, [0, 3, 6, 9]],
  [100, [0, 40, 80, 120]],
  [8_640, [0, 3_000, 6_000, 9_000]],
  [9_001, [0, 4_000, 8_000, 12_000]],
])('An axis up to %i has the marks %j', (greatest, marks) => {
  expect(marksFor(greatest)).toEqual(marks)
})

test('Of any value the last mark is not below it, and all are whole', () => {
  for (let value = 0; value < 20_000; value += 37) {
    const marks = marksFor(value)
    expect(marks.at(-1)).toBeGreaterThanOrEqual(value)
    expect(marks.every(Number.isInteger)).toBe(true)
  }
})

test('A line ends where no value is known yet', () => {
  expect(pathOf([0, 50, 100, null, null], 100)).toBe('M0.00 100.00L25.00 50.00L50.00 0.00')
  expect(pathOf([null, null], 3)).toBe('')
})
