import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pointsOf, SYMBOLS } from './signs.ts'

test('Every name has one meaning', () => {
  expect(new Set(SYMBOLS).size).toBe(SYMBOLS.length)
  for (const name of SYMBOLS) expect(name).toMatch(/^[A-Z][A-Z0-9_]+$/)
})

test('The heaviest reason comes first, what speaks for the mail after it, and names of one meaning are one reason', () => {
  const symbols = [
    { name: 'REPLY', score: -0.5 },
    { name: 'RBL_SPAMHAUS_SBL', score: 4 },
    { name: 'RBL_BLOCKLISTDE', score: 4 },
    { name: 'R_SPF_FAIL', score: 1 },
    { name: 'R_DKIM_NA', score: 0 },
  ]
  expect(pointsOf(symbols, 8.5)).toEqual([
    { sign: 'serverListed', tenths: 80 },
    { sign: 'spfFail', tenths: 10 },
    { sign: 'answer', tenths: -5 },
  ])
})

test('What nobody has heard of is summed up at the end', () => {
  const symbols = [
    { name: 'LOCAL_RULE_A', score: 2 },
    { name: 'LOCAL_RULE_B', score: 1.5 },
    { name: 'BAYES_SPAM', score: 5.1 },
  ]
  expect(pointsOf(symbols, 8.6)).toEqual([
    { sign: 'likeSpam', tenths: 51 },
    { sign: 'other', tenths: 35 },
  ])
})

test('Whatever the filter found, what is listed adds up to the score', () => {
  const symbol = fc.record({ name: fc.constantFrom(...SYMBOLS, 'UNHEARD_OF'), score: fc.double({ min: -20, max: 20, noNaN: true }) })
  fc.assert(
    fc.property(fc.array(symbol), fc.double({ min: -50, max: 100, noNaN: true }), (symbols, score) => {
      const points = pointsOf(symbols, score)
      expect(points.every(({ tenths }) => tenths !== 0)).toBe(true)
      expect(points.reduce((sum, { tenths }) => sum + tenths, 0)).toBe(Math.round(score * 10) + 0)
    }),
  )
})
