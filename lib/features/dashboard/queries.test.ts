import { expect, test } from 'vitest'
import { readFigures } from './queries.ts'
import type { Figures } from './schema.ts'

test('What travels as JSON is the same on the other side', () => {
  const at = (text: string) => new Date(text)
  const figures: Figures = {
    ...{ period: 'day', from: at('2026-11-24T16:00Z'), to: at('2026-11-25T16:00Z'), running: true, comparedTo: at('2026-11-25T02:00Z') },
    before: { from: at('2026-11-23T16:00Z'), to: at('2026-11-24T16:00Z') },
    ...{ asOf: at('2026-11-25T02:41:07Z'), stale: false, kpis: [], waiting: [0, 1, 0, 0], components: [], currency: 'CNY' },
    sums: [{ figure: 'texts', dimension: 'HK', value: 3, compared: 2, before: 1 }],
    chart: { step: 'hour', points: [{ at: at('2026-11-24T16:00Z'), value: null, past: 4 }] },
  }
  expect(readFigures(JSON.stringify(figures))).toEqual(figures)
  const never = { ...figures, asOf: null, comparedTo: null }
  expect(readFigures(JSON.stringify(never))).toEqual(never)
})
