import { resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { textUpTo } from '#lib/platform/limited-body.ts'
import { log } from '#lib/platform/log.ts'
import { recordStatus } from '#lib/platform/sms/status.ts'
import { readTwilioReport } from '#lib/platform/sms/twilio-report.ts'

/** Octets. Twilio's reports have a few hundred; nothing longer is read before its signature is known. */
const LONGEST_REPORT = 16_384

/** Twilio's status reports. They carry no session: their signature is what lets them in (T14). */
export async function POST(request: Request): Promise<Response> {
  const { PUBLIC_URL, SMS, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = env()
  if (SMS !== 'twilio' || !TWILIO_ACCOUNT_SID || !TWILIO_AUTH_TOKEN) return new Response(null, { status: 404 })

  const body = await textUpTo(request, LONGEST_REPORT)
  if (body === null) return new Response(null, { status: 413 })
  const report = readTwilioReport(
    { publicUrl: PUBLIC_URL, accountSid: TWILIO_ACCOUNT_SID, authToken: TWILIO_AUTH_TOKEN },
    {
      messageId: new URL(request.url).searchParams.get('message'),
      signature: request.headers.get('x-twilio-signature'),
      body,
    },
  )
  if (report === 'forged') {
    log.warn('a status report without a valid signature of Twilio was refused')
    return new Response(null, { status: 403 })
  }
  if (report !== 'irrelevant') await recordStatus(resources().db, report)
  return new Response(null, { status: 204 })
}
