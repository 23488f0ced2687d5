import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { domainToASCII } from 'node:url'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type Endpoint, tlsOf } from '../endpoint.ts'
import { MailCoreError } from '../errors.ts'
import { atMost } from '../limit.ts'
import { LineConnection } from '../line-connection.ts'
import { isAddress } from '../recipient.ts'
import type { Delivered, Delivery, Letter } from './port.ts'

export interface LmtpDeliveryConfig extends Endpoint {
  /** For a whole delivery; 20 s. */
  timeoutMs?: number
}

const CONNECTIONS = 8
const LONGEST_REPLY = 2 ** 16
const PIECE = 2 ** 16
const SAVED = /\b250 2\.\d\.\d <[^<>]*> ([\w+/=:.-]{8,80}) Saved\s*$/

interface Line {
  connection: SMTPConnection
  socket: Socket
}

/**
 * Dovecot's LMTP. Before the mail stands `X-Portal-Release-Id` or `X-Portal-Pass-Id`, by which a Sieve script lets one of several
 * deliveries arrive, and `X-Portal-Allow` where it is no junk; below nothing is changed, so that signatures still hold.
 */
export function lmtpDelivery({ timeoutMs = 20_000, ...endpoint }: LmtpDeliveryConfig): Delivery {
  const limited = atMost(CONNECTIONS)
  const idle: Line[] = []

  const sendBy = async (line: Line, letter: Letter): Promise<Delivered> => {
    line.socket.ref()
    const response = await send(line.connection, letter)
    // Kept for the next one, and keeps no process alive.
    line.socket.unref()
    idle.push(line)
    return letter.into === 'inbox' ? { folder: 'INBOX' } : { lmtpSession: SAVED.exec(response)?.[1] }
  }

  return {
    deliver: (letter) =>
      limited(async () => {
        if (!isAddress(letter.mailbox) || !/^[\w.-]{1,100}$/.test(letter.releaseId)) throw new MailCoreError('refused')
        const used = idle.pop()
        // The server may have ended it just now. A second try does no harm: one release id, one copy.
        const delivered = used && (await before(timeoutMs, used, () => sendBy(used, letter)).catch(unlessHungUp))
        if (delivered) return delivered
        const line = newLine(endpoint, timeoutMs)
        line.socket.once('close', () => idle.includes(line) && idle.splice(idle.indexOf(line), 1))
        return before(timeoutMs, line, async () => {
          await connect(line.connection)
          return sendBy(line, letter)
        })
      }),

    check: () =>
      LineConnection.use(endpoint, timeoutMs, async (line) => {
        if (!(await line.readLine()).startsWith('220')) throw new MailCoreError('refused')
      }),
  }
}

function unlessHungUp(error: unknown): null {
  const answered = error instanceof MailCoreError && (error.cause as LmtpFailure).responseCode !== undefined
  if (answered || !(error instanceof MailCoreError && error.code === 'unreachable')) throw error
  return null
}

/** Ends the connection when the work fails, or when its time is up. */
async function before<T>(timeoutMs: number, { connection, socket }: Line, work: () => Promise<T>): Promise<T> {
  let late = false
  const timer = setTimeout(() => {
    late = true
    socket.destroy()
  }, timeoutMs)
  try {
    return await work()
  } catch (cause) {
    connection.close()
    socket.destroy()
    throw late ? new MailCoreError('timeout', { cause }) : lmtpError(cause)
  } finally {
    clearTimeout(timer)
  }
}

/** Every wait and every answer has a limit, since the server is not trusted. */
function newLine(endpoint: Endpoint, timeoutMs: number): Line {
  const tls = tlsOf(endpoint)
  const socket = new Socket()
  const connection = new SMTPConnection({
    host: endpoint.host,
    port: endpoint.port,
    lmtp: true,
    name: '[127.0.0.1]',
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: { ca: endpoint.ca, minVersion: 'TLSv1.2' },
    socket,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    maxResponseSize: LONGEST_REPLY,
    logger: false,
  })
  // Whatever breaks also ends the work under way; an error event without a listener would end the process.
  connection.on('error', () => {})
  return { connection, socket }
}

function connect(connection: SMTPConnection): Promise<void> {
  return untilDone<void>(connection, (done) => connection.connect((error) => done(error ?? null, undefined)))
}

/** The server's answer. */
function send(connection: SMTPConnection, letter: Letter): Promise<string> {
  const envelope = { from: plainSender(letter.sender), to: [letter.mailbox], use8BitMime: true }
  return untilDone<string>(connection, (done) =>
    connection.send(envelope, Readable.from(octets(letter)), (error, info) =>
      done(error ?? info?.rejectedErrors?.[0] ?? null, info?.response ?? ''),
    ),
  )
}

function untilDone<T>(connection: SMTPConnection, begin: (done: (error: Error | null, result: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const failed = (error?: Error) => {
      connection.off('error', failed)
      connection.off('end', failed)
      reject(error ?? new Error('the server hung up'))
    }
    const done = (error: Error | null, result: T) => {
      if (error) return failed(error)
      connection.off('error', failed)
      connection.off('end', failed)
      resolve(result)
    }
    connection.once('error', failed)
    connection.once('end', failed)
    begin(done)
  })
}

function* octets({ releaseId, raw, into, mailbox }: Letter): Generator<Uint8Array> {
  yield Buffer.from(`${into === 'inbox' ? 'X-Portal-Release-Id' : 'X-Portal-Pass-Id'}: ${releaseId}\r\n`)
  if (into === 'welcome') yield Buffer.from(`X-Portal-Allow: <${mailbox}>\r\n`)
  for (let start = 0; start < raw.length; start += PIECE) yield raw.subarray(start, start + PIECE)
}

/** Dovecot 2.3 takes addresses in ASCII only: a sender that it would refuse is left out, rather than the mail. */
function plainSender(sender: string): string {
  const at = sender.lastIndexOf('@')
  const ascii = `${sender.slice(0, at)}@${domainToASCII(sender.slice(at + 1))}`
  return isAddress(ascii) ? ascii : ''
}

interface LmtpFailure {
  code?: string
  command?: string
  responseCode?: number
  response?: string
}

/** A 5xx speaks of this mail and mailbox where it answers to their names or to the data, else of the server. */
function lmtpError(cause: unknown): MailCoreError {
  const { code, command = '', responseCode = 0, response = '' } = cause as LmtpFailure
  if (code === 'ETIMEDOUT') return new MailCoreError('timeout', { cause })
  if (responseCode < 500 || !['MAIL FROM', 'RCPT TO', 'DATA'].includes(command)) return new MailCoreError('unreachable', { cause })
  return new MailCoreError('refused', { cause, status: /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] })
}
