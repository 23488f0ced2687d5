import { unsubscribeOperation } from '#lib/features/digest/operations.ts'
import { env } from '#lib/platform/env.ts'
import { ERRORS } from '#lib/platform/errors.ts'
import { textUpTo } from '#lib/platform/limited-body.ts'
import { requestInfo } from '#lib/platform/request.ts'

/** Octets. What a mail provider sends has a few dozen. */
const LONGEST_FORM = 4_096

interface Props {
  params: Promise<{ token: string }>
}

/** One click in a mail client (RFC 8058): the provider posts a form of one field, without cookies, and follows no redirect. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const form = await formOf(request)
  if (form?.get('List-Unsubscribe') !== 'One-Click') return new Response(null, { status: 400 })
  // The token is the authority, no cookie that another site's page could use: there is no origin to check (T21).
  const caller = { actor: { kind: 'anonymous' as const }, request: requestInfo(request.headers), ownOrigin: true }
  const result = await unsubscribeOperation.execute(caller, await params)
  if (result.ok) return new Response(null, { status: 204 })
  const headers: Record<string, string> = result.retryAfter ? { 'retry-after': String(result.retryAfter) } : {}
  return new Response(null, { status: ERRORS[result.code], headers })
}

/** A person who opens the address is asked first (T39). */
export async function GET(_: Request, { params }: Props): Promise<Response> {
  return Response.redirect(`${env().PUBLIC_URL}/link/${encodeURIComponent((await params).token)}`, 303)
}

/** Sent as either kind of form. Null when it is none, or too long. */
async function formOf(request: Request): Promise<FormData | null> {
  const text = await textUpTo(request, LONGEST_FORM)
  const type = request.headers.get('content-type') ?? ''
  return text === null ? null : new Response(text, { headers: { 'content-type': type } }).formData().catch(() => null)
}
