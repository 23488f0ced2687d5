import { answerProfile } from '#app/(portal)/client-setup/answer-profile.ts'
import { takeProfileOperation } from '#lib/features/client-setup/operations.ts'
import { clientCaller } from '#lib/platform/client-settings/answer.ts'

interface Props {
  params: Promise<{ token: string }>
}

/**
 * What the phone opens from the QR code. The link stands on the person's own screen for ten minutes and in no mail, so that
 * nobody opens it ahead to look at it; a GET has to do, since that is how a phone takes a profile. Only the first one gets it.
 */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  if (isAhead(request.headers)) return new Response(null, { status: 503, headers: { 'cache-control': 'no-store' } })
  return answerProfile(await takeProfileOperation.execute(clientCaller(request), await params))
}

/** Who only looks takes nothing: Next would run the GET, make the app password and throw the profile away. */
export const HEAD = () => new Response(null, { headers: { 'cache-control': 'no-store' } })

/** A browser that fetches what may be opened next; on any other answer than success it asks again when it is. */
const isAhead = (headers: Headers) =>
  /prefetch|preview/.test(`${headers.get('sec-purpose')} ${headers.get('purpose')} ${headers.get('x-purpose')}`)
