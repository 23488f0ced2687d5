import { expect, test } from 'vitest'
import { dayOf, inField, toPartialDate } from './partial-date.ts'

test.each([
  ['1990-02-03', '1990-02-03'],
  ['1990/2/3', '1990-02-03'],
  ['1990.2.3', '1990-02-03'],
  ['1990年2月3日', '1990-02-03'],
  ['１９９０－０２－０３', '1990-02-03'],
  ['2-29', '--02-29'],
  ['2月3日', '--02-03'],
  ['--02-03', '--02-03'],
])('%s is read as %s', (typed, date) => {
  expect(toPartialDate(typed)).toBe(date)
  expect(toPartialDate(inField(date))).toBe(date)
})

test.each(['', '1990', '1990-13-01', '1990-02-30', '2023-02-29', '03 Feb', 'tomorrow'])('%j is no day', (typed) => {
  expect(toPartialDate(typed)).toBeNull()
})

test('A day without a year is one of the calendar', () => {
  expect(dayOf('--02-29')?.toISOString()).toContain('-02-29')
  expect(dayOf('1990-02-03')).toBeNull()
})
