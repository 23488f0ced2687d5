import { eventOf, eventStream } from '#lib/platform/event-stream.ts'

/** At most four a second. */
const APART_MS = 250
const CHANGED = eventOf('changed', 'mail')

type Listen = (listener: () => void) => Promise<() => void>

/**
 * A stream with one event, `changed`, that says only that there is something to read.
 * @param listen begins to call back with each change, and returns what ends it
 */
export function changeStream(mailbox: string, listen: Listen, signal: AbortSignal): ReadableStream<Uint8Array> {
  const begin = async (send: (event: Uint8Array) => void) => {
    const changed = coalesced(() => send(CHANGED))
    const unlisten = await listen(changed.call)
    // Between what the page has read and now something may have come that nobody told it.
    changed.call()
    return () => {
      changed.stop()
      unlisten()
    }
  }
  return eventStream(`received:${mailbox}`, begin, signal)
}

/** Calls at once, and after a pause once more if there was more. */
function coalesced(call: () => void): { call: () => void; stop: () => void } {
  let pause: NodeJS.Timeout | undefined
  let more = false
  const changed = () => {
    more = pause !== undefined
    if (more) return
    call()
    pause = setTimeout(() => {
      pause = undefined
      if (more) changed()
    }, APART_MS)
  }
  return { call: changed, stop: () => clearTimeout(pause) }
}
