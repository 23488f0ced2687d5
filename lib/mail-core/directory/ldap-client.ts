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

const hostOf = ({ url }: LdapServer) => new URL(url).hostname.replace(/^\[|\]$/g, '')
const startsWithTls = ({ url }: LdapServer) => new URL(url).protocol === 'ldaps:'

export const isEncrypted = (server: LdapServer): boolean => startsWithTls(server) || !isLoopback(hostOf(server))

/** A fresh connection for one operation: after a dropped one, ldapts goes on unbound without a word. */
export async function withClient<T>(server: LdapServer, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await openClient(server)
  try {
    return await work(client)
  } finally {
    await client.unbind().catch(() => {})
  }
}

/** Whoever opens one says goodbye with `unbind`. */
export async function openClient(server: LdapServer): Promise<Client> {
  const { url, ca, timeoutMs = 5_000 } = server
  const host = hostOf(server)
  const tls = { ca, host, minVersion: 'TLSv1.2' as const, ...(isIP(host) ? {} : { servername: host }) }
  const client = new Client({
    url,
    timeout: timeoutMs,
    connectTimeout: timeoutMs,
    ...(startsWithTls(server) ? { tlsOptions: tls } : {}),
  })
  if (startsWithTls(server) || !isEncrypted(server)) return client
  try {
    await client.startTLS(tls)
    return client
  } catch (error) {
    await client.unbind().catch(() => {})
    throw error
  }
}

/** Sends what changes something. Once it is out and no answer comes, nobody knows what became of it (F4). */
export async function sendChange<T>(client: Client, change: () => Promise<T>): Promise<T> {
  // Without this, ldapts would connect again and send it unbound.
  if (!client.isConnected) throw new MailCoreError('unreachable')
  try {
    return await change()
  } catch (cause) {
    throw cause instanceof ResultCodeError ? cause : new MailCoreError('timeout', { cause })
  }
}

/** Throws what an operation failed with as `MailCoreError`. */
export function ldapError(cause: unknown): never {
  if (cause instanceof MailCoreError) throw cause
  throw new MailCoreError(codeOf(cause), { cause })
}

/** The same around `sendChange`: what did not answer before it has surely changed nothing. */
export function changeError(cause: unknown): never {
  if (cause instanceof MailCoreError) throw cause
  const code = codeOf(cause)
  throw new MailCoreError(code === 'timeout' ? 'unreachable' : code, { cause })
}

function codeOf(cause: unknown): MailCoreErrorCode {
  if (cause instanceof NoSuchObjectError) return 'not_found'
  if (cause instanceof TimeLimitExceededError || cause instanceof AdminLimitExceededError) return 'timeout'
  if (cause instanceof BusyError || cause instanceof UnavailableError) return 'unreachable'
  if (cause instanceof ResultCodeError) return 'refused'
  // ldapts marks its time-outs by words only.
  return cause instanceof Error && /timed out|timeout/i.test(cause.message) ? 'timeout' : 'unreachable'
}
