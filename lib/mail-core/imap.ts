import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import { type Endpoint, tlsOf } from './endpoint.ts'
import { MailCoreError, type MailCoreErrorCode } from './errors.ts'

type Options = Pick<ImapFlowOptions, 'auth' | 'clientInfo' | 'verifyOnly'> & {
  /** For login, work and all. */
  timeoutMs: number
}

/** A connection for one call; it ends with the call, or when its time is up. Throws `MailCoreError`. */
export async function withImap<T>(endpoint: Endpoint, options: Options, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = newClient(endpoint, options)
  let late = false
  const timer = setTimeout(() => {
    late = true
    client.close()
  }, options.timeoutMs)
  try {
    await client.connect()
    return await work(client)
  } catch (cause) {
    if (late) throw new MailCoreError('timeout', { cause })
    throw imapError(cause)
  } finally {
    clearTimeout(timer)
    client.close()
  }
}

/** Every wait and every answer has a limit, since the server is not trusted. */
function newClient(endpoint: Endpoint, { timeoutMs, ...options }: Options): ImapFlow {
  const tls = tlsOf(endpoint)
  const client = new ImapFlow({
    host: endpoint.host,
    port: endpoint.port,
    secure: tls === 'implicit',
    ...(tls === 'implicit' ? {} : { doSTARTTLS: tls === 'starttls' }),
    tls: { ca: endpoint.ca, minVersion: 'TLSv1.2' },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    maxLineLength: 2 ** 20,
    maxLiteralSize: 2 ** 20,
    maxResponseSize: 2 ** 22,
    maxResponseTokens: 100_000,
    ...options,
  })
  // Whatever breaks also rejects the command under way; an error event without a listener would end the process.
  client.on('error', () => {})
  return client
}

const TIMEOUTS = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT', 'ETIMEOUT', 'ETIMEDOUT'])

/** RFC 5530: the server cannot answer now; it did not refuse. */
const TEMPORARY = new Set(['UNAVAILABLE', 'SERVERBUG', 'INUSE', 'LIMIT'])

export function imapError(cause: unknown): MailCoreError {
  if (cause instanceof MailCoreError) return cause
  return new MailCoreError(imapErrorCode(cause as ImapFailure), { cause })
}

interface ImapFailure {
  code?: string
  authenticationFailed?: boolean
  serverResponseCode?: string
  responseStatus?: string
  mailboxMissing?: boolean
}

function imapErrorCode(failure: ImapFailure): MailCoreErrorCode {
  if (TIMEOUTS.has(failure.code ?? '')) return 'timeout'
  if (failure.mailboxMissing || failure.serverResponseCode === 'TRYCREATE') return 'not_found'
  if (TEMPORARY.has(failure.serverResponseCode ?? '')) return 'unreachable'
  if (failure.authenticationFailed || failure.responseStatus === 'NO' || failure.responseStatus === 'BAD') return 'refused'
  return 'unreachable'
}
