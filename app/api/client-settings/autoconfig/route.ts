import { autoconfigOperation } from '#lib/features/client-setup/operations.ts'
import { answerClient, clientCaller } from '#lib/platform/client-settings/answer.ts'

/** Thunderbird, at the addresses that next.config.mjs leads here. */
export async function GET(request: Request): Promise<Response> {
  const address = new URL(request.url).searchParams.get('emailaddress') ?? undefined
  return answerClient(await autoconfigOperation.execute(clientCaller(request), { address }), 'text/xml; charset=utf-8')
}
