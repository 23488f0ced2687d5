const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
const INTERVALS = 3

/** Marks of an axis from 0 to at least the greatest value, in three round and whole steps. */
export function marksFor(greatest: number): number[] {
  const least = Math.max(greatest, 1) / INTERVALS
  const power = 10 ** Math.floor(Math.log10(least))
  const round = (STEPS.find((step) => step * power >= least - 1e-9) ?? 10) * power
  const step = Math.max(1, Math.ceil(round))
  return Array.from({ length: INTERVALS + 1 }, (_, index) => index * step)
}

/** A path over a square of 100 by 100; where there is no value yet, it ends. */
export function pathOf(values: (number | null)[], most: number): string {
  const last = Math.max(1, values.length - 1)
  const known = values.flatMap((value, index) => (value === null ? [] : [[(100 * index) / last, 100 - (100 * value) / most] as const]))
  return known.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('')
}
