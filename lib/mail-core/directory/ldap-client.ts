import { isIP } from 'node:net'
import {
  AdminLimitExceededError,
  BusyError,
  Client,
  NoSuchObjectError,
  ResultCodeError,
  TimeLimitExceededError,
  UnavailableError,
} from 'ldapts'
import { isLoopback } from '../endpoint.ts'
import { MailCoreError, type MailCoreErrorCode } from '../errors.ts'

export interface LdapServer {
  /** ldaps://…, or ldap://… with StartTLS; only on loopback in the clear. */
  url: string
  /** PEM certificates to trust in place of the system's. */
  ca?: string
  /** For one question; 5 s. */
  timeoutMs?: number
}

/** A fresh connection for one operation: after a dropped one, ldapts goes on unbound without a word. */
export async function withClient<T>({ url, ca, timeoutMs = 5_000 }: LdapServer, work: (client: Client) => Promise<T>): Promise<T> {
  const { protocol, hostname } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const tls = { ca, host, minVersion: 'TLSv1.2' as const, ...(isIP(host) ? {} : { servername: host }) }
  const client = new Client({
    url,
    timeout: timeoutMs,
    connectTimeout: timeoutMs,
    ...(protocol === 'ldaps:' ? { tlsOptions: tls } : {}),
  })
  try {
    if (protocol === 'ldap:' && !isLoopback(host)) await client.startTLS(tls)
    return await work(client)
  } finally {
    await client.unbind().catch(() => {})
  }
}

/** Throws what a service account's operation failed with as `MailCoreError`. */
export function ldapError(cause: unknown): never {
  if (cause instanceof MailCoreError) throw cause
  throw new MailCoreError(codeOf(cause), { cause })
}

function codeOf(cause: unknown): MailCoreErrorCode {
  if (cause instanceof NoSuchObjectError) return 'not_found'
  if (cause instanceof TimeLimitExceededError || cause instanceof AdminLimitExceededError) return 'timeout'
  if (cause instanceof BusyError || cause instanceof UnavailableError) return 'unreachable'
  if (cause instanceof ResultCodeError) return 'refused'
  // ldapts marks its time-outs by words only.
  return cause instanceof Error && /timed out|timeout/i.test(cause.message) ? 'timeout' : 'unreachable'
}
