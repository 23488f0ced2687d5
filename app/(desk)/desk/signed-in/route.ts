import { loadWatchedRequests } from '#lib/features/requests/loaders.ts'
import { ERRORS } from '#lib/platform/errors.ts'

/** Whether who asks still works at the desk. An open page asks by itself, which keeps no session alive (T15). */
export async function GET(): Promise<Response> {
  const watched = await loadWatchedRequests()
  return new Response(null, { status: watched.ok ? 204 : ERRORS[watched.code], headers: { 'cache-control': 'no-store' } })
}
