import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { ImapFlow } from 'imapflow'
import type { TestMailStack } from '#deploy/mail-stack-test-setup.ts'
import type { MailboxHarness, StoredMail } from './house.ts'

type Hands = Pick<MailboxHarness, 'expunge' | 'moveToTrash' | 'removeFolder' | 'read'>

/** What people's mail clients do, by IMAP. */
export function mailClients({ imap, master }: Pick<TestMailStack, 'imap' | 'master'>) {
  async function asOwner<T>(address: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const auth = { user: `${address}*${master.user}`, pass: master.password }
    const client = new ImapFlow({ host: imap.host, port: imap.port, doSTARTTLS: false, auth, logger: false })
    client.on('error', () => {})
    await client.connect()
    try {
      return await work(client)
    } finally {
      client.close()
    }
  }

  const hands: Hands = {
    expunge: (address, folder) =>
      asOwner(address, async (client) => {
        await client.mailboxOpen(folder)
        await client.messageFlagsAdd('1:*', ['\\Deleted'])
        await client.messageDelete('1:*')
      }),

    moveToTrash: (address, folder) =>
      asOwner(address, async (client) => {
        await client.mailboxOpen(folder)
        if (!(await client.messageMove('1:*', 'Trash'))) throw new Error(`${folder} was not moved`)
      }),

    removeFolder: (address, folder) => asOwner(address, async (client) => void (await client.mailboxDelete(folder))),

    read: (address, folder) =>
      asOwner(address, async (client) => {
        await client.mailboxOpen(folder, { readOnly: true })
        const found: StoredMail[] = []
        if (!client.mailbox || client.mailbox.exists === 0) return found
        for await (const { source, flags, internalDate } of client.fetch('1:*', { source: true, flags: true, internalDate: true })) {
          found.push({ raw: source ?? Buffer.alloc(0), seen: flags?.has('\\Seen') ?? false, receivedAt: new Date(internalDate ?? 0) })
        }
        return found
      }),
  }
  /** Stores many mails, a thousand a command (RFC 3502). */
  async function fill(address: string, folder: string, raws: string[]): Promise<void> {
    const socket = connect({ host: imap.host, port: imap.port })
    const lines = createInterface(socket)[Symbol.asyncIterator]()
    const answer = async (start: string) => {
      for (let line = ''; !line.startsWith(start); line = (await lines.next()).value ?? 'closed') {
        if (/^(\w+ (NO|BAD)|closed)/.test(line)) throw new Error(line)
      }
    }
    try {
      await answer('* OK')
      socket.write(`a LOGIN "${address}*${master.user}" ${master.password}\r\n`)
      await answer('a OK')
      for (let from = 0; from < raws.length; from += 1_000) {
        const literals = raws.slice(from, from + 1_000).map((raw) => ` {${Buffer.byteLength(raw)}+}\r\n${raw}`)
        socket.write(`b APPEND "${folder}"${literals.join('')}\r\n`)
        await answer('b OK')
      }
    } finally {
      socket.destroy()
    }
  }

  return { asOwner, fill, ...hands }
}
