import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const BYTES = 32

/** What a secret is sealed for. */
export const secretContext = (webhook: string): string => `webhook:${webhook}:secret`

export const newWebhookSecret = (): string => PREFIX + randomBytes(BYTES).toString('base64')

interface Signed {
  id: string
  /** Seconds since 1970. */
  timestamp: number
  body: string
}

/**
 * The headers of Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA-256 over id, time and body, so that a receiver knows whose it
 * is, and refuses what is old or was there before. One signature for each secret that counts.
 */
export function signedHeaders(secrets: string[], { id, timestamp, body }: Signed): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') }
}
