import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Envelope {
  /** XFORWARD IDENT and its kin; none: the command is left out. */
  forward?: Record<string, string>
  sender?: string
  recipients: string[]
}

/** Speaks LMTP as Postfix does, and keeps count of the answers. */
export class LmtpClient {
  private buffer = ''
  private closed = false
  private wake: () => void = () => {}
  private readonly socket: Socket

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (data) => {
      this.buffer += data.toString('latin1')
      this.wake()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      this.closed = true
      this.wake()
    })
  }

  static async connect({ host, port }: { host: string; port: number }): Promise<LmtpClient> {
    const socket = connect({ host, port })
    const client = new LmtpClient(socket)
    await once(socket, 'connect')
    await client.reply()
    await client.command('LHLO [127.0.0.1]')
    return client
  }

  /** The last line of the next reply. */
  async reply(): Promise<string> {
    for (;;) {
      const [, line] = /^(?:\d{3}-.*\r\n)*(\d{3} .*)\r\n/.exec(this.buffer) ?? []
      if (line !== undefined) {
        this.buffer = this.buffer.slice(this.buffer.indexOf(`${line}\r\n`) + line.length + 2)
        return line
      }
      if (this.closed) throw new Error('the server hung up')
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  command(line: string): Promise<string> {
    this.write(`${line}\r\n`)
    return this.reply()
  }

  write(data: string | Uint8Array): void {
    this.socket.write(data)
  }

  /** What the server says to each recipient, in their order: to RCPT, where it refuses there, or to the mail. */
  async deliver({ forward, sender = 'zhao@partner.example', recipients }: Envelope, raw: Uint8Array): Promise<string[]> {
    if (forward)
      await this.command(
        `XFORWARD ${Object.entries(forward)
          .map(([name, value]) => `${name}=${value}`)
          .join(' ')}`,
      )
    await this.command(`MAIL FROM:<${sender}>`)
    const answers: string[] = []
    for (const recipient of recipients) answers.push(await this.command(`RCPT TO:<${recipient}>`))
    const accepted = answers.flatMap((answer, index) => (answer.startsWith('250') ? [index] : []))
    if (accepted.length === 0) {
      await this.command('RSET')
      return answers
    }
    await this.command('DATA')
    this.write(stuffed(raw))
    for (const index of accepted) answers[index] = await this.reply()
    return answers
  }

  close(): void {
    this.socket.destroy()
  }
}

/** RFC 5321 4.5.2. */
function stuffed(raw: Uint8Array): Buffer {
  const text = Buffer.from(raw)
    .toString('latin1')
    .replace(/^\./, '..')
    .replace(/\r\n\./g, '\r\n..')
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1')
}
