import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`
export const AUTH_TOKEN = 'fedcba9876543210'.repeat(2)
/** Numbers that answer as Twilio's own magic numbers do for test credentials. */
export const NUMBERS = {
  unsubscribed: '+8613800000610',
  landline: '+8613800000614',
  region: '+8613800000408',
}

export interface Received {
  sid: string
  params: Record<string, string>
}

/** Answers as Twilio would, or instead: `500`, `429`, or `hang` (takes the message and never answers). */
export type Behaviour = 'normal' | 500 | 429 | 'hang'

const failures: Record<number, [status: number, message: string]> = {
  20003: [401, 'Authenticate'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too Many Requests'],
  20500: [500, 'An internal server error has occurred'],
  21211: [400, "Invalid 'To' Phone Number"],
  21408: [400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"],
  21602: [400, 'Message body is required.'],
  21603: [400, "A 'From' phone number is required."],
  21604: [400, "A 'To' phone number is required."],
  21610: [400, 'Attempt to send to unsubscribed recipient'],
  21614: [400, "'To' number is not a valid mobile number"],
}

/** Twilio's Message resource on loopback, refusing what Twilio refuses: https://www.twilio.com/docs/messaging/api/message-resource */
export class MockTwilio {
  readonly received: Received[] = []
  behaviour: Behaviour = 'normal'
  readonly #server = createServer((request, response) => void this.#answer(request, response))

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const params = Object.fromEntries(new URLSearchParams(await textOf(request)))
    const code = this.#refusal(request, params)
    if (code) return refuse(response, code)
    const sid = `SM${randomBytes(16).toString('hex')}`
    this.received.push({ sid, params })
    if (this.behaviour !== 'hang') json(response, 201, resource(sid, params))
  }

  #refusal(request: IncomingMessage, params: Record<string, string>): number | null {
    const basic = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`
    if (request.headers.authorization !== basic) return 20003
    if (request.method !== 'POST' || request.url !== `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`) return 20404
    if (this.behaviour === 429) return 20429
    if (this.behaviour === 500) return 20500
    // Parameters in another content type are simply not seen.
    const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    if (!form || !params.To) return 21604
    if (!params.From && !params.MessagingServiceSid) return 21603
    if (!params.Body) return 21602
    if (!/^\+[1-9]\d{6,14}$/.test(params.To)) return 21211
    if (params.To === NUMBERS.region) return 21408
    if (params.To === NUMBERS.unsubscribed) return 21610
    if (params.To === NUMBERS.landline) return 21614
    return null
  }
}

/** A status report as Twilio posts it. `changes` overrides parameters. */
export function statusReport({ sid, params }: Received, status: string, changes: Record<string, string> = {}): Record<string, string> {
  return {
    AccountSid: ACCOUNT_SID,
    ApiVersion: '2010-04-01',
    From: params.From ?? '',
    MessageSid: sid,
    MessageStatus: status,
    SmsSid: sid,
    SmsStatus: status,
    To: params.To ?? '',
    ...changes,
  }
}

/** Posts a report to the address that the message named; `via` is where the portal really listens. */
export function postReport(message: Received, report: Record<string, string>, via?: string): Promise<Response> {
  const callback = message.params.StatusCallback ?? ''
  const { pathname, search } = new URL(callback)
  return fetch(via ? via + pathname + search : callback, signedRequest(callback, report))
}

export function signedRequest(url: string, report: Record<string, string>, token = AUTH_TOKEN): RequestInit {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'user-agent': 'TwilioProxy/1.1',
      'x-twilio-signature': signature(token, url, report),
    },
    body: new URLSearchParams(report).toString(),
  }
}

/** Written from https://www.twilio.com/docs/usage/webhooks/webhooks-security, so that it can disagree with the library. */
function signature(token: string, url: string, params: Record<string, string>): string {
  const sorted = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHmac('sha1', token)
    .update(url + sorted.flat().join(''))
    .digest('base64')
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

function refuse(response: ServerResponse, code: number): void {
  const [status, message] = failures[code] as [number, string]
  json(response, status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status })
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const resource = (sid: string, params: Record<string, string>) => ({
  account_sid: ACCOUNT_SID,
  api_version: '2010-04-01',
  body: params.Body,
  date_created: 'Mon, 30 Nov 2026 08:00:00 +0000',
  date_sent: null,
  date_updated: 'Mon, 30 Nov 2026 08:00:00 +0000',
  direction: 'outbound-api',
  error_code: null,
  error_message: null,
  from: params.From ?? null,
  messaging_service_sid: params.MessagingServiceSid ?? null,
  num_media: '0',
  num_segments: '1',
  price: null,
  price_unit: 'USD',
  sid,
  status: params.MessagingServiceSid ? 'accepted' : 'queued',
  subresource_uris: { media: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/${sid}/Media.json` },
  to: params.To,
  uri: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/${sid}.json`,
})
