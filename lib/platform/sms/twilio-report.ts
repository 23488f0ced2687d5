import twilio from 'twilio'
import { z } from 'zod'
import type { StatusReport } from './status.ts'
import { twilioCallbackUrl } from './twilio.ts'
import { reasonOf, stateOf } from './twilio-codes.ts'

interface Secrets {
  publicUrl: string
  accountSid: string
  authToken: string
}

/** Source: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status */
const Report = z.object({
  AccountSid: z.string(),
  MessageSid: z.string().regex(/^(SM|MM)[0-9a-f]{32}$/),
  MessageStatus: z.string(),
  ErrorCode: z.string().optional(),
})

/**
 * Reads a status report that Twilio signed over the configured address and every parameter (T14); what the request says
 * about its own host plays no part (T7).
 * `forged` was not signed by Twilio for this message; `irrelevant` was, but says nothing about delivery.
 */
export function readTwilioReport(
  { publicUrl, accountSid, authToken }: Secrets,
  request: { messageId: string | null; signature: string | null; body: string },
): StatusReport | 'forged' | 'irrelevant' {
  const messageId = z.guid().safeParse(request.messageId)
  if (!messageId.success || !request.signature) return 'forged'
  const fields = new URLSearchParams(request.body)
  const params = Object.fromEntries([...new Set(fields.keys())].map((name) => [name, one(fields.getAll(name))]))
  const url = twilioCallbackUrl(publicUrl, messageId.data)
  if (!twilio.validateRequest(authToken, request.signature, url, params)) return 'forged'

  const report = Report.safeParse(params)
  if (!report.success) return 'irrelevant'
  const { AccountSid, MessageSid, MessageStatus, ErrorCode } = report.data
  if (AccountSid !== accountSid) return 'forged'
  const state = stateOf(MessageStatus)
  if (!state) return 'irrelevant'
  const failed = state === 'failed' || state === 'undelivered'
  const reason = failed ? (reasonOf(ErrorCode) ?? 'rejected') : null
  return { messageId: messageId.data, providerId: MessageSid, state, reason }
}

const one = (values: string[]): string | string[] => (values.length === 1 ? (values[0] as string) : values)
