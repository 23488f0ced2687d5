import { isIP, isIPv6 } from 'node:net'
import type { Endpoint } from '../endpoint.ts'
import { MailCoreError } from '../errors.ts'
import { withImap } from '../imap.ts'
import { LineConnection } from '../line-connection.ts'
import type { AppPasswords, ClientProtocol } from './port.ts'

export interface DovecotAppPasswordsConfig {
  imap: Endpoint
  /** Left out where the site does not offer them; a login there is `unreachable`. */
  pop3?: Endpoint
  submission?: Endpoint
  /** For a whole conversation; 20 s, since Dovecot answers somebody who guesses after up to 15 s. */
  timeoutMs?: number
}

type Attempt = Parameters<AppPasswords['login']>[0]

/**
 * Logs in as a mail client does. The client's address is handed on, so that Dovecot records where the login came from;
 * it believes that from the portal's own machines only (login_trusted_networks).
 */
export function dovecotAppPasswords(config: DovecotAppPasswordsConfig): AppPasswords {
  const timeoutMs = config.timeoutMs ?? 20_000
  const logins: Record<ClientProtocol, (attempt: Attempt) => Promise<boolean>> = {
    imap: (attempt) => imapLogin(config.imap, attempt, timeoutMs),
    pop3: (attempt) => LineConnection.use(served(config.pop3), timeoutMs, (line) => pop3Login(line, attempt)),
    smtp: (attempt) => LineConnection.use(served(config.submission), timeoutMs, (line) => smtpLogin(line, attempt)),
  }
  return {
    async login(attempt) {
      return possible(attempt.address) && possible(attempt.secret) && logins[attempt.protocol](attempt)
    },
    check: () =>
      LineConnection.use(config.imap, timeoutMs, async (line) => {
        if (!(await line.readLine()).startsWith('* OK')) throw new MailCoreError('refused')
      }),
  }
}

/** What SASL PLAIN can carry at all (RFC 4616 section 2); nothing else is anybody's name or secret. */
const possible = (text: string) => text !== '' && Buffer.byteLength(text) <= 255 && !/[\0\r\n]/.test(text)

function served(endpoint: Endpoint | undefined): Endpoint {
  if (!endpoint) throw new MailCoreError('unreachable')
  return endpoint
}

async function imapLogin(endpoint: Endpoint, { address, secret, ip }: Attempt, timeoutMs: number): Promise<boolean> {
  const auth = { user: address, pass: secret, loginMethod: 'AUTH=PLAIN' }
  const options = { auth, timeoutMs, verifyOnly: true, clientInfo: { 'x-originating-ip': ip } }
  try {
    return await withImap(endpoint, options, async () => true)
  } catch (error) {
    if (error instanceof MailCoreError && error.code === 'refused') return false
    throw error
  }
}

/** SASL PLAIN (RFC 4616) carries any character; only its Base64 form goes over the line. */
const plain = ({ address, secret }: Attempt) => Buffer.from(`\0${address}\0${secret}`).toString('base64')

async function pop3Login(line: LineConnection, attempt: Attempt): Promise<boolean> {
  const greeting = await pop3Ok(line)
  if (line.needsStartTls) {
    line.send('STLS')
    await pop3Ok(line)
    await line.startTls()
  }
  if (greeting.includes('[XCLIENT]') && isIP(attempt.ip)) {
    line.send(`XCLIENT ADDR=${attempt.ip}`)
    // A refusal leaves the portal's own address in the records, and the login as good as it was.
    await line.readLine()
  }
  line.send(`AUTH PLAIN ${plain(attempt)}`)
  const answer = await line.readLine()
  line.send('QUIT')
  if (answer.startsWith('+OK')) return true
  // RFC 3206: only [AUTH] speaks of the password.
  if (answer.startsWith('-ERR [AUTH]')) return false
  throw new MailCoreError('unreachable')
}

async function pop3Ok(line: LineConnection): Promise<string> {
  const answer = await line.readLine()
  if (!answer.startsWith('+OK')) throw new MailCoreError('refused')
  return answer
}

async function smtpLogin(line: LineConnection, attempt: Attempt): Promise<boolean> {
  await smtpReply(line, '220')
  let offers = await hello(line)
  if (line.needsStartTls) {
    line.send('STARTTLS')
    await smtpReply(line, '220')
    await line.startTls()
    offers = await hello(line)
  }
  if (offers.some((offer) => offer.startsWith('XCLIENT ')) && isIP(attempt.ip)) {
    line.send(`XCLIENT ADDR=${isIPv6(attempt.ip) ? 'IPV6:' : ''}${attempt.ip}`)
    // Granted, the server starts again with its greeting. Refused, all stays as it was.
    if ((await replyLines(line)).at(-1)?.startsWith('220')) await hello(line)
  }
  line.send(`AUTH PLAIN ${plain(attempt)}`)
  const answer = (await replyLines(line)).at(-1) ?? ''
  line.send('QUIT')
  if (answer.startsWith('235')) return true
  // RFC 4954 section 6: 535 speaks of the password, 454 of the server.
  if (answer.startsWith('535')) return false
  throw new MailCoreError('unreachable')
}

async function hello(line: LineConnection): Promise<string[]> {
  line.send('EHLO [127.0.0.1]')
  return (await smtpReply(line, '250')).map((text) => text.slice(4))
}

async function smtpReply(line: LineConnection, code: string): Promise<string[]> {
  const lines = await replyLines(line)
  if (!lines.at(-1)?.startsWith(code)) throw new MailCoreError('refused')
  return lines
}

/** RFC 5321 4.2.1: the last line of a reply has no hyphen behind the code. */
const replyLines = (line: LineConnection) => line.readUntil((text) => text[3] !== '-')
