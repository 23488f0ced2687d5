import { ERRORS } from '../errors.ts'
import type { Caller, Result } from '../operation.ts'
import { requestInfo } from '../request.ts'

/** A mail client: it has no session, and no page of ours has sent it. */
export const clientCaller = (request: Request): Caller => ({
  actor: { kind: 'anonymous' },
  request: requestInfo(request.headers),
  ownOrigin: true,
})

/** The document; where there is none, the bare status, which is all that a mail client reads. */
export function answerClient(result: Result<{ text: string }>, type: string): Response {
  const headers: Record<string, string> = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  if (result.ok) return new Response(result.data.text, { headers: { ...headers, 'content-type': type } })
  if (result.retryAfter) headers['retry-after'] = String(result.retryAfter)
  return new Response(null, { status: ERRORS[result.code], headers })
}
