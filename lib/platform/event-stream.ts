const PING_MS = 15_000
/** Then the browser comes again, and is asked anew who it is: a session that has ended hears no more. */
const LIFE_MS = 5 * 60_000
const AGAIN_MS = 3_000
/** Of one viewer of one kind; the oldest gives way. */
export const MOST_STREAMS = 5
/** A browser that has left so many events unread is as good as gone. */
const MOST_UNREAD = 100

const open = new Map<string, (() => void)[]>()
const encoder = new TextEncoder()

/** One event (WHATWG HTML, 9.2), encoded once for however many hear it. */
export const eventOf = (name: string, data: string): Uint8Array => encoder.encode(`event: ${name}\ndata: ${data}\n\n`)

/** Begins to send events, and returns what ends it. */
export type Begin = (send: (event: Uint8Array) => void) => Promise<() => void>

/**
 * An event stream that shows every 15 seconds that it is there, and ends after five minutes.
 * @param viewer whose it is, and of which kind
 * @param signal of the request: aborted when nobody is there any more
 */
export function eventStream(viewer: string, begin: Begin, signal: AbortSignal): ReadableStream<Uint8Array> {
  const ending = new AbortController()
  const end = () => ending.abort()
  let cancelled = false
  return new ReadableStream({
    async start(controller) {
      const send = (event: Uint8Array) => {
        if (ending.signal.aborted) return
        if ((controller.desiredSize ?? 0) < -MOST_UNREAD) return end()
        controller.enqueue(event)
      }
      const ping = setInterval(() => send(encoder.encode(': still here\n\n')), PING_MS)
      const life = setTimeout(end, LIFE_MS)
      ending.signal.addEventListener('abort', () => {
        clearInterval(ping)
        clearTimeout(life)
        forget(viewer, end)
        signal.removeEventListener('abort', end)
        if (!cancelled) controller.close()
      })
      signal.addEventListener('abort', end)
      remember(viewer, end)
      send(encoder.encode(`retry: ${AGAIN_MS}\n\n`))
      const stop = await begin(send).catch((error) => {
        end()
        throw error
      })
      if (ending.signal.aborted) return stop()
      ending.signal.addEventListener('abort', stop)
    },
    cancel: () => {
      cancelled = true
      end()
    },
  })
}

/** What no cache keeps, and nobody compresses: a transformation would hold an event back until there are more. */
export const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

function remember(viewer: string, end: () => void): void {
  const ends = open.get(viewer) ?? []
  open.set(viewer, ends)
  ends.push(end)
  if (ends.length > MOST_STREAMS) ends[0]?.()
}

function forget(viewer: string, end: () => void): void {
  const rest = (open.get(viewer) ?? []).filter((other) => other !== end)
  if (rest.length > 0) open.set(viewer, rest)
  else open.delete(viewer)
}
