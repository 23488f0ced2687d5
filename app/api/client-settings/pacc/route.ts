import { paccOperation } from '#lib/features/client-setup/operations.ts'
import { answerClient, clientCaller } from '#lib/platform/client-settings/answer.ts'

/** Clients that know draft-ietf-mailmaint-pacc, at the address that next.config.mjs leads here. */
export const GET = async (request: Request): Promise<Response> =>
  answerClient(await paccOperation.execute(clientCaller(request), {}), 'application/json')
