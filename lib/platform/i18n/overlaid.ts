/** The same words, but for those that `others` has under the same keys. */
export function overlaid<T extends object>(words: T, others: object): T {
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(words))
  for (const [key, other] of Object.entries(others)) {
    const own = merged[key]
    merged[key] = typeof own === 'object' && own !== null && typeof other === 'object' ? overlaid(own, other) : other
  }
  return merged as T
}
