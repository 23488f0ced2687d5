/** One at a time: what comes while a batch is under way makes up the next one, so that many small commits become few. */
export function inBatches<T>(work: (items: T[]) => Promise<void>): (item: T) => Promise<void> {
  let next: { items: T[]; done: Promise<void> } | null = null
  let last: Promise<unknown> = Promise.resolve()

  return (item) => {
    if (next) {
      next.items.push(item)
      return next.done
    }
    const batch = { items: [item], done: Promise.resolve() }
    const begin = () => {
      next = null
      return work(batch.items)
    }
    batch.done = last.then(begin)
    next = batch
    last = batch.done.catch(() => {})
    return batch.done
  }
}
