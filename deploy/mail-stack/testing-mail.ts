import { EventEmitter, once } from 'node:events'
import { connect } from 'node:net'
import { ImapFlow } from 'imapflow'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { TestMailStack } from '#deploy/mail-stack-test-setup.ts'

interface Address {
  host: string
  port: number
}

/** Another server that sends mail. What its names and addresses are worth is in rspamd/override.d/options.inc. */
export interface Client {
  address: string
  name: string
}
export const PARTNER: Client = { address: '192.0.2.10', name: 'mx.partner.example' }
export const STRANGER: Client = { address: '203.0.113.9', name: 'host.elsewhere.example' }

const REPLY = /(?:^|\n)(\d)\d\d(?: [^\n]*)?\n$/

/** What is said, or what is done first and then said. */
type Line = string | (() => Promise<string>)

/** Says one line after the other, each when the one before was answered, and stops at a refusal. All that was answered. */
export function converse({ host, port }: Address, lines: Line[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }).setEncoding('latin1')
    const rest: Line[] = [...lines, 'QUIT']
    const replies: string[] = []
    let said = ''
    socket.on('data', async (text) => {
      said += text
      const [, kind] = REPLY.exec(said) ?? []
      if (!kind) return
      replies.push(said)
      said = ''
      if (kind >= '4') rest.splice(0, rest.length - 1)
      const next = rest.shift()
      if (next) socket.write(`${typeof next === 'string' ? next : await next()}\r\n`, 'latin1')
    })
    socket.on('close', () => resolve(replies))
    // A server that closes while something is on its way to it resets the connection: what it said before counts.
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve(replies) : reject(error)))
  })
}

export interface Envelope {
  from: string
  to: string[]
  client?: Client
}

/** Sends these octets as they are. The server's last word about them. */
export async function send(at: Address, { from, to, client }: Envelope, raw: Buffer): Promise<string> {
  const stuffed = raw.toString('latin1').replace(/(^|\r\n)\./g, '$1..')
  const replies = await converse(at, [
    'EHLO client.example',
    ...(client ? [`XCLIENT ADDR=${client.address} NAME=${client.name}`, `EHLO ${client.name}`] : []),
    `MAIL FROM:<${from}>`,
    ...to.map((address) => `RCPT TO:<${address}>`),
    'DATA',
    `${stuffed}.`,
  ])
  return replies.find((reply) => /^[45]/.test(reply)) ?? replies.at(-2) ?? ''
}

export interface Held {
  raw: Buffer
  recipients: string[]
  queueId: string
  client: string
}

/** Stands where the portal's worker takes in held mail. */
export async function startReceiver({ host, port }: Address) {
  const held: Held[] = []
  const arrivals = new EventEmitter()
  const server = new SMTPServer({
    lmtp: true,
    authOptional: true,
    useXForward: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 1,
    onData: async (stream, session, done) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk)
      held.push(toHeld(Buffer.concat(chunks), session))
      arrivals.emit('mail')
      done(null, 'kept')
    },
  })
  server.listen(port, host)
  await once(server.server, 'listening')
  return {
    held,

    /** The mail with this text in it, as soon as it is there. */
    async mailWith(text: string): Promise<Held> {
      for (;;) {
        const found = held.find(({ raw }) => raw.includes(text))
        if (found) return found
        await once(arrivals, 'mail', { signal: AbortSignal.timeout(30_000) })
      }
    },

    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

function toHeld(raw: Buffer, session: SMTPServerSession): Held {
  const forwarded = session.xForward as Map<string, string>
  const recipients = session.envelope.rcptTo.map(({ address }) => address)
  return { raw, recipients, queueId: forwarded.get('IDENT') ?? '', client: forwarded.get('ADDR') ?? '' }
}

/** The mails in a folder with this text in their Subject, as Dovecot stores them. */
export async function mailsIn(stack: TestMailStack, address: string, folder: string, subject: string): Promise<Buffer[]> {
  const auth = { user: `${address}*${stack.master.user}`, pass: stack.master.password }
  const client = new ImapFlow({ host: stack.imap.host, port: stack.imap.port, doSTARTTLS: false, auth, logger: false })
  await client.connect()
  try {
    await client.mailboxOpen(folder)
    const found: Buffer[] = []
    for await (const { source } of client.fetch({ header: { subject } }, { source: true })) if (source) found.push(source)
    return found
  } finally {
    await client.logout()
  }
}
