import twilio from 'twilio'
import RequestClient from 'twilio/lib/base/RequestClient.js'
import { SmsError, type SmsMessage, type SmsProvider } from './port.ts'
import { reasonOf, stateOf } from './twilio-codes.ts'

export interface TwilioConfig {
  accountSid: string
  authToken: string
  /** A number or sender id of the account, or the SID (`MG…`) of a messaging service. */
  from: string
  /** The portal's configured origin, without a trailing slash. */
  publicUrl: string
  /** Another origin than Twilio's. */
  apiUrl?: string
  /** Milliseconds. */
  timeout?: number
}

/** Sends through Twilio's Message resource: https://www.twilio.com/docs/messaging/api/message-resource */
export function twilioSms(config: TwilioConfig): SmsProvider {
  // A kept connection that Twilio had just closed would leave an outcome unknown (F8).
  const connection = { timeout: config.timeout ?? 10_000, keepAlive: false }
  const client = twilio(config.accountSid, config.authToken, {
    ...connection,
    // Else TWILIO_LOG_LEVEL=debug would print numbers and texts.
    logLevel: 'none',
    httpClient: config.apiUrl ? new ElsewhereClient(config.apiUrl, connection) : undefined,
  })
  const sender = config.from.startsWith('MG') ? { messagingServiceSid: config.from } : { from: config.from }

  return {
    async send({ to, body, reference }: SmsMessage) {
      const statusCallback = twilioCallbackUrl(config.publicUrl, reference)
      const message = await client.messages.create({ to, body, statusCallback, ...sender }).catch((error: unknown) => {
        throw smsErrorOf(error)
      })
      const state = stateOf(message.status)
      if (!message.sid || !state) throw new SmsError('unknown', { cause: message.status })
      if (state === 'failed' || state === 'undelivered') {
        throw new SmsError('refused', {
          reason: reasonOf(message.errorCode) ?? 'rejected',
          cause: message.errorCode,
        })
      }
      return { providerId: message.sid, state }
    },
  }
}

/** Where Twilio reports on a message. The reports are signed over exactly this address (T14). */
export const twilioCallbackUrl = (publicUrl: string, reference: string): string => `${publicUrl}/api/hooks/twilio?message=${reference}`

/** The real client, but for the origin that it asks. */
class ElsewhereClient extends RequestClient {
  readonly #origin: string

  constructor(origin: string, options: RequestClient.RequestClientOptions) {
    super(options)
    this.#origin = origin
  }

  override request<TData>(options: RequestClient.RequestOptions<TData>) {
    const { pathname, search } = new URL(options.uri)
    return super.request<TData>({ ...options, uri: this.#origin + pathname + search })
  }
}

/** What fails before a request has left: name look-up and connection. */
const beforeSending = new Set(['getaddrinfo', 'connect'])
/** Says something about the account or its pace, not about the message: wrong key, unpaid, unknown, too fast. */
const aboutAccount = new Set([401, 402, 403, 404, 429])

function smsErrorOf(error: unknown): SmsError {
  const { status, code, cause } = error as { status?: number; code?: unknown; cause?: { syscall?: string } }
  if (status === undefined) {
    return new SmsError(beforeSending.has(cause?.syscall ?? '') ? 'unavailable' : 'unknown', { cause: error })
  }
  if (status < 400 || status >= 500 || status === 408) return new SmsError('unknown', { cause: error })
  const reason = reasonOf(code)
  if (!reason && aboutAccount.has(status)) return new SmsError('unavailable', { cause: error })
  return new SmsError('refused', { reason: reason ?? 'rejected', cause: error })
}
