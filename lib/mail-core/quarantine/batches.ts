/**
 * One at a time: what comes while a batch is under way makes up the next one, so that many small commits become few. `work` gives its
 * result, if there are any, in the order of the items.
 */
export function inBatches<T, R>(work: (items: T[]) => Promise<R[]>): (item: T) => Promise<R | undefined> {
  let next: { items: T[]; done: Promise<R[]> } | null = null
  let last: Promise<unknown> = Promise.resolve()

  const begin = (): { items: T[]; done: Promise<R[]> } => {
    const items: T[] = []
    const done = last.then(() => {
      next = null
      return work(items)
    })
    last = done.catch(() => {})
    return { items, done }
  }
  return async (item) => {
    next ??= begin()
    const { items, done } = next
    const place = items.push(item) - 1
    return (await done)[place]
  }
}
