import type { ContactChange } from './port.ts'

const BATCH = 1_000

/** In their order; no id is twice in a batch. */
export function* batchesOf(changes: ContactChange[]): Generator<ContactChange[]> {
  let batch = new Map<string, ContactChange>()
  for (const change of changes) {
    if (batch.has(change.id) || batch.size >= BATCH) {
      yield [...batch.values()]
      batch = new Map()
    }
    batch.set(change.id, change)
  }
  if (batch.size > 0) yield [...batch.values()]
}
