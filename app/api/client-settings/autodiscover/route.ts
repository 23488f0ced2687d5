import { autodiscoverOperation } from '#lib/features/client-setup/operations.ts'
import { answerClient, clientCaller } from '#lib/platform/client-settings/answer.ts'
import { textUpTo } from '#lib/platform/limited-body.ts'

/** Octets. A request of Outlook has some 400. */
const LONGEST_REQUEST = 16_384

/** Outlook, at the addresses that next.config.mjs leads here. */
export async function POST(request: Request): Promise<Response> {
  const body = await textUpTo(request, LONGEST_REQUEST)
  return body === null ? new Response(null, { status: 413 }) : answer(request, body)
}

/** Outlook looks with GET whether it is sent on elsewhere; the error that it gets tells that here is the place. */
export const GET = (request: Request): Promise<Response> => answer(request)

const answer = async (request: Request, body?: string) =>
  answerClient(await autodiscoverOperation.execute(clientCaller(request), { body }), 'text/xml; charset=utf-8')
