import type { Figures } from '#lib/features/dashboard/schema.ts'

type Sum = Figures['sums'][number]

/** A figure over all its dimensions, or in one. */
export function totalOf(sums: Sum[], figure: Sum['figure'], dimension?: string) {
  const total = { value: 0, before: 0 }
  for (const sum of sums) {
    if (sum.figure !== figure || (dimension !== undefined && sum.dimension !== dimension)) continue
    total.value += sum.value
    total.before += sum.before
  }
  return total
}

/** The dimensions of a figure, the largest first. */
export const partsOf = (sums: Sum[], figure: Sum['figure']): Sum[] =>
  sums.filter((sum) => sum.figure === figure && sum.value !== 0).sort((one, other) => other.value - one.value)
