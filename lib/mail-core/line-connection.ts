import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { type Endpoint, tlsOf } from './endpoint.ts'
import { MailCoreError } from './errors.ts'

// RFC 5321 4.5.3.1.5 allows 512 octets a reply line; greetings of real servers run a little over.
const LONGEST_LINE = 4_096
const MOST_LINES = 100

/** A connection of POP3 or SMTP, for one conversation with a deadline. The server is not trusted. */
export class LineConnection {
  private buffer = ''
  private failure: MailCoreError | null = null
  private wake: () => void = () => {}
  private readonly timer: NodeJS.Timeout
  private readonly endpoint: Endpoint
  private socket: Socket

  private constructor(endpoint: Endpoint, timeoutMs: number) {
    this.endpoint = endpoint
    this.timer = setTimeout(() => this.fail(new MailCoreError('timeout')), timeoutMs)
    const { host, port } = endpoint
    this.socket = this.listen(tlsOf(endpoint) === 'implicit' ? connectTls({ port, ...this.tlsOptions() }) : connectTcp({ host, port }))
  }

  /** Has the conversation, ends it in any case. */
  static async use<T>(endpoint: Endpoint, timeoutMs: number, talk: (line: LineConnection) => Promise<T>): Promise<T> {
    const connection = new LineConnection(endpoint, timeoutMs)
    try {
      return await talk(connection)
    } finally {
      clearTimeout(connection.timer)
      connection.socket.destroy()
    }
  }

  /** Whether this conversation has to be moved to TLS before a password. */
  get needsStartTls(): boolean {
    return tlsOf(this.endpoint) === 'starttls'
  }

  send(line: string): void {
    if (/[\r\n\0]/.test(line)) throw new MailCoreError('refused')
    this.socket.write(`${line}\r\n`)
  }

  async readLine(): Promise<string> {
    for (;;) {
      const end = this.buffer.indexOf('\n')
      if (end >= 0) {
        const line = this.buffer.slice(0, end).replace(/\r$/, '')
        this.buffer = this.buffer.slice(end + 1)
        return line
      }
      if (this.buffer.length > LONGEST_LINE) throw new MailCoreError('refused')
      if (this.failure) throw this.failure
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  /** Lines until one that `isLast`, that one included. */
  async readUntil(isLast: (line: string) => boolean): Promise<string[]> {
    const lines: string[] = []
    while (lines.length < MOST_LINES) {
      const line = await this.readLine()
      lines.push(line)
      if (isLast(line)) return lines
    }
    throw new MailCoreError('refused')
  }

  /** After the server's consent. What it sent ahead in the clear is a forgery (CVE-2011-0411). */
  async startTls(): Promise<void> {
    if (this.buffer !== '') throw new MailCoreError('refused')
    const plain = this.socket
    plain.removeAllListeners('data')
    const secure: TLSSocket = connectTls({ socket: plain, ...this.tlsOptions() })
    this.socket = this.listen(secure)
    await new Promise<void>((resolve, reject) => {
      secure.once('secureConnect', resolve)
      secure.once('close', () => reject(this.failure ?? new MailCoreError('unreachable')))
    })
  }

  private tlsOptions() {
    const { host, ca } = this.endpoint
    // An address is no server name (RFC 6066); `host` is what the certificate is compared with.
    return { ca, host, minVersion: 'TLSv1.2' as const, ...(isIP(host) ? {} : { servername: host }) }
  }

  private listen(socket: Socket): Socket {
    socket.on('data', (data: Buffer) => {
      this.buffer += data.toString('latin1')
      if (this.buffer.length > LONGEST_LINE * MOST_LINES) this.fail(new MailCoreError('refused'))
      this.wake()
    })
    socket.on('error', (cause) => this.fail(new MailCoreError('unreachable', { cause })))
    socket.on('close', () => this.fail(new MailCoreError('unreachable')))
    return socket
  }

  private fail(failure: MailCoreError): void {
    this.failure ??= failure
    this.socket.destroy()
    this.wake()
  }
}
