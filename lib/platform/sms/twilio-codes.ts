import type { SmsReason, SmsState } from './port.ts'

/**
 * Twilio's error codes that say something about the recipient or the text, at creation (2xxxx) and in status
 * reports (3xxxx). Source: https://www.twilio.com/docs/api/errors, one page a code.
 */
const reasons: Record<number, SmsReason> = {
  21211: 'invalid_number',
  21265: 'invalid_number',
  21408: 'region_not_allowed',
  21610: 'blocked',
  21612: 'region_not_allowed',
  21614: 'landline',
  21635: 'landline',
  30003: 'unreachable',
  30004: 'blocked',
  30005: 'invalid_number',
  30006: 'landline',
  30007: 'filtered',
  30008: 'rejected',
}

/** Null for a code that says nothing about the recipient or the text. */
export const reasonOf = (code: unknown): SmsReason | null => reasons[Number(code)] ?? null

/**
 * Twilio's message status in our terms; null for what an outgoing text never reports.
 * Source: https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
 */
const states: Record<string, SmsState> = {
  accepted: 'sending',
  scheduled: 'sending',
  queued: 'sending',
  sending: 'sending',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
}

export const stateOf = (status: string): SmsState | null => (Object.hasOwn(states, status) ? (states[status] as SmsState) : null)
