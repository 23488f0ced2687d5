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
  return answerProfile(await takeProfileOperation.execute(clientCaller(request), await params))
}
