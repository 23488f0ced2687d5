const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same words, but for those that `others` has under the same keys. A word that was compiled is an array. */
export function overlaid<T extends object>(words: T, others: object): T {
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(words))
  for (const [key, other] of Object.entries(others)) {
    const own = merged[key]
    merged[key] = isTree(own) && isTree(other) ? overlaid(own, other) : other
  }
  return merged as T
}
