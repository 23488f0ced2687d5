import type { Database } from '#db/client.ts'
import { COUNTED_CHANNEL } from './roll-up.ts'

type Listener = () => void

const listeners = new Set<Listener>()
let listening: Promise<unknown> | undefined

/** Calls back whenever the worker has counted. One connection a process, however many listen. Returns the end. */
export async function onFigures({ $client }: Pick<Database, '$client'>, listener: Listener): Promise<() => void> {
  const tell = () => {
    for (const each of listeners) each()
  }
  // After a break something may have been counted that nobody heard of.
  listening ??= $client.listen(COUNTED_CHANNEL, tell, tell)
  await listening.catch((error) => {
    listening = undefined
    throw error
  })
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
