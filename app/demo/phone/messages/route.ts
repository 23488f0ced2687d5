import { listDemoMessagesOperation } from '#lib/features/demo-phone/operations.ts'
import { env } from '#lib/platform/env.ts'
import { ERRORS } from '#lib/platform/errors.ts'
import { requestInfo } from '#lib/platform/request.ts'

/** What the open page asks every two seconds; as nobody, so that it keeps no session alive. */
export async function GET(request: Request): Promise<Response> {
  if (!env().DEMO) return new Response(null, { status: 404 })
  const caller = { actor: { kind: 'anonymous' as const }, request: requestInfo(request.headers), ownOrigin: true }
  const result = await listDemoMessagesOperation.execute(caller, {})
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  return result.ok ? Response.json(result.data, { headers }) : new Response(null, { status: ERRORS[result.code], headers })
}
