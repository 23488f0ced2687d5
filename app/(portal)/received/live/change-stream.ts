/** At most four a second. */
const APART_MS = 250
const PING_MS = 15_000
/** Then the browser comes again, and is asked anew who it is: a session that has ended hears no more. */
const LIFE_MS = 5 * 60_000
const AGAIN_MS = 3_000
/** Of one person; the oldest gives way. */
export const MOST_STREAMS = 5

type Listen = (listener: () => void) => Promise<() => void>

const open = new Map<string, (() => void)[]>()

/**
 * An event stream (WHATWG HTML, 9.2) with one event, `changed`, that says only that there is something to read.
 * @param listen begins to call back with each change, and returns what ends it
 * @param signal of the request: aborted when nobody is there any more
 */
export function changeStream(mailbox: string, listen: Listen, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const ending = new AbortController()
  const end = () => ending.abort()
  let cancelled = false
  return new ReadableStream({
    async start(controller) {
      const send = (text: string) => ending.signal.aborted || controller.enqueue(encoder.encode(text))
      const changed = coalesced(() => send('event: changed\ndata: mail\n\n'))
      const ping = setInterval(() => send(': still here\n\n'), PING_MS)
      const life = setTimeout(end, LIFE_MS)
      ending.signal.addEventListener('abort', () => {
        clearInterval(ping)
        clearTimeout(life)
        changed.stop()
        forget(mailbox, end)
        signal.removeEventListener('abort', end)
        if (!cancelled) controller.close()
      })
      signal.addEventListener('abort', end)
      remember(mailbox, end)
      send(`retry: ${AGAIN_MS}\n\n`)
      const unlisten = await listen(changed.call).catch((error) => {
        end()
        throw error
      })
      if (ending.signal.aborted) return unlisten()
      ending.signal.addEventListener('abort', unlisten)
      // Between what the page has read and now something may have come that nobody told it.
      changed.call()
    },
    cancel: () => {
      cancelled = true
      end()
    },
  })
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

function remember(mailbox: string, end: () => void): void {
  const ends = open.get(mailbox) ?? []
  open.set(mailbox, ends)
  ends.push(end)
  if (ends.length > MOST_STREAMS) ends[0]?.()
}

function forget(mailbox: string, end: () => void): void {
  const rest = (open.get(mailbox) ?? []).filter((other) => other !== end)
  if (rest.length > 0) open.set(mailbox, rest)
  else open.delete(mailbox)
}
