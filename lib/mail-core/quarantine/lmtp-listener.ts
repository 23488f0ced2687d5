import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { atMost } from '../limit.ts'
import { isAddress, mailboxOf } from '../recipient.ts'
import type { Arrival } from './intake.ts'
import type { Intake } from './port.ts'

export interface ListenerConfig {
  host: string
  port: number
  /** Has stored the mail for every recipient when it resolves; else the client is told to come again. */
  take(arrival: Arrival): Promise<void>
}

// Postfix's message_size_limit, and room for the headers that come on top after Postfix has counted.
const LARGEST = 52_428_800 + 2 ** 20
// A larger mail waits for its turn in the client's queue: in memory it takes several times its size.
const LARGE = 2 ** 20
const LARGE_AT_ONCE = 2
const MOST_CONNECTIONS = 100

const OPTIONS: SMTPServerOptions = {
  lmtp: true,
  useXForward: true,
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS', 'XCLIENT', 'VRFY', 'HELP', 'WIZ', 'SHELL', 'KILL'],
  disableReverseLookup: true,
  lenientAddressParsing: true,
  size: LARGEST,
  maxClients: MOST_CONNECTIONS,
  banner: 'Posthouse',
  logger: false,
}

interface Envelope extends Omit<Arrival, 'mailboxes' | 'raw'> {
  /** One entry for each answer that the client waits for. */
  recipients: string[]
}

class Reply extends Error {
  readonly responseCode: number

  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

const LATER = new Reply(451, '4.3.0 Not stored, try again later')
const TOO_LARGE = new Reply(552, `5.3.4 More than ${LARGEST} octets`)
const NO_ADDRESS = new Reply(553, '5.1.3 Not an address of a mailbox')

/** Waits for mail by LMTP (RFC 2033). Several processes of a machine share the port. */
export async function listenLmtp({ host, port, take }: ListenerConfig): Promise<Intake> {
  const large = atMost(LARGE_AT_ONCE)
  const transactions = new WeakMap<SMTPServerSession, Envelope>()
  const underWay = new Set<Promise<void>>()

  const receive = async (stream: SMTPServerDataStream, { recipients, ...envelope }: Envelope): Promise<void> => {
    const chunks: Buffer[] = []
    const data = stream.iterator({ destroyOnReturn: false })
    const finish = () => take({ ...envelope, mailboxes: recipients.map(mailboxOf), raw: Buffer.concat(chunks) })
    try {
      if (await fill(chunks, data, LARGE)) return await finish()
      await large(async () => {
        if (!(await fill(chunks, data, LARGEST))) throw TOO_LARGE
        await finish()
      })
    } finally {
      await data.return?.()
      // The rest of a refused mail has to be read before its answer.
      stream.resume()
    }
  }

  const server = new SMTPServer({
    ...OPTIONS,
    onMailFrom({ address }, session, done) {
      transactions.set(session, { sender: address, recipients: [], ...forwarded(session) })
      done()
    },
    // Postfix may name one address twice and waits for two answers: kept here, since the library keeps each once.
    onRcptTo({ address }, session, done) {
      if (!isAddress(address)) return done(NO_ADDRESS)
      transactions.get(session)?.recipients.push(address)
      done()
    },
    onData(stream, session, done) {
      const envelope = transactions.get(session)
      if (!envelope) return done(LATER)
      const answer = (reply: string | Reply) => done(null, new Array(envelope.recipients.length).fill(reply))
      const work = receive(stream, envelope).then(
        () => answer('2.6.0 Stored'),
        (error) => answer(error instanceof Reply ? error : LATER),
      )
      underWay.add(work)
      work.finally(() => underWay.delete(work))
    },
  })
  // Connections that break are the client's matter: it comes again.
  server.on('error', () => {})

  const listener = server.listen({ host, port, reusePort: true })
  await once(listener, 'listening')

  return {
    host,
    port: (listener.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(resolve))
      while (underWay.size > 0) await Promise.all(underWay)
      for (const connection of server.connections) connection.close()
      await closed
    },
  }
}

/** What Postfix says of the client and of its own queue, for one mail only: the connection may carry others (XFORWARD_README). */
function forwarded({ xForward, remoteAddress, hostNameAppearsAs }: SMTPServerSession): Pick<Envelope, 'ident' | 'client'> {
  const said = (name: string) => (xForward.get(name) ? String(xForward.get(name)) : null)
  const ident = said('IDENT')
  const client = { ip: said('ADDR') ?? remoteAddress, name: said('NAME'), helo: said('HELO') ?? (hostNameAppearsAs || null) }
  xForward.clear()
  return { ident, client }
}

/** Reads until the end: true. False when there is more than `most`, some of which has been read. */
async function fill(chunks: Buffer[], data: AsyncIterator<Buffer>, most: number): Promise<boolean> {
  let size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  while (size <= most) {
    const { value, done } = await data.next()
    if (done) return true
    chunks.push(value)
    size += value.length
  }
  return false
}
