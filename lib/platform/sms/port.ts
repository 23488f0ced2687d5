/**
 * `queued` waits in our own table, `sending` is with the provider, `unknown` may or may not have been sent,
 * `sent` left for the carrier; the last three are what became of it.
 */
export type SmsState = 'queued' | 'sending' | 'unknown' | 'sent' | 'failed' | 'undelivered' | 'delivered'

/** A total order, so that reports in any order end in the same state (F9). `unknown` is a `sending` without news. */
const ranks: Record<SmsState, number> = {
  queued: 0,
  sending: 1,
  unknown: 1,
  sent: 2,
  failed: 3,
  undelivered: 4,
  delivered: 5,
}

export const rankOf = (state: SmsState): number => ranks[state]

/** Why a message was not, or could not be, delivered. Stored in `sms_messages.error`. */
export type SmsReason = 'invalid_number' | 'landline' | 'blocked' | 'region_not_allowed' | 'unreachable' | 'filtered' | 'rejected'

/**
 * - `refused`: not sent and never will be; `reason` says why.
 * - `unavailable`: certainly not sent; may be tried again.
 * - `unknown`: the request left and no answer tells what became of it; trying again could send it twice (F8).
 */
export type SmsErrorKind = 'refused' | 'unavailable' | 'unknown'

/** The one error that leaves a provider. What the provider said stays in `cause`, for logs only. */
export class SmsError extends Error {
  readonly kind: SmsErrorKind
  readonly reason: SmsReason | null

  constructor(kind: SmsErrorKind, options: { reason?: SmsReason; cause?: unknown } = {}) {
    super(options.reason ? `${kind}: ${options.reason}` : kind, { cause: options.cause })
    this.name = 'SmsError'
    this.kind = kind
    this.reason = options.reason ?? null
  }
}

export interface SmsMessage {
  /** E.164. */
  to: string
  body: string
  /** Id of the row in `sms_messages`; comes back in the provider's reports. */
  reference: string
}

export interface SmsProvider {
  /** Resolves once the provider has taken the message; throws `SmsError`. */
  send(message: SmsMessage): Promise<{ providerId: string; state: SmsState }>
}
