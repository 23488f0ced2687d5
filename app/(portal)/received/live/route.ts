import { loadWatched } from '#lib/features/received/loaders.ts'
import { resources } from '#lib/platform/context.ts'
import { EVENT_STREAM_HEADERS } from '#lib/platform/event-stream.ts'
import { onMailChange } from '#lib/platform/live.ts'
import { changeStream } from './change-stream.ts'

/** Tells the page of a person that something of their mail has changed, as server-sent events. */
export async function GET({ signal }: Request): Promise<Response> {
  const watched = await loadWatched()
  if (!watched.ok) return new Response(null, { status: 401, headers: { 'cache-control': 'no-store' } })
  const { mailbox } = watched.data
  const stream = changeStream(mailbox, (listener) => onMailChange(resources().db, mailbox, listener), signal)
  return new Response(stream, { headers: EVENT_STREAM_HEADERS })
}
