import { changeStream } from '#app/(portal)/received/live/change-stream.ts'
import { loadWatchedRequests } from '#lib/features/requests/loaders.ts'
import { resources } from '#lib/platform/context.ts'
import { ERRORS } from '#lib/platform/errors.ts'
import { onDeskChange } from '#lib/platform/live.ts'

/** Tells staff that the queue has changed, as server-sent events. */
export async function GET({ signal }: Request): Promise<Response> {
  const watched = await loadWatchedRequests()
  if (!watched.ok) return new Response(null, { status: ERRORS[watched.code], headers: { 'cache-control': 'no-store' } })
  const stream = changeStream(watched.data.agent, (listener) => onDeskChange(resources().db, listener), signal)
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Without a transformation: whoever compresses would keep an event until there are more.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
