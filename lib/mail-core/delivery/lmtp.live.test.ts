import { ImapFlow } from 'imapflow'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { provisioning } from '#deploy/mail-stack/testing.ts'
import { dovecotMailbox } from '../mailbox/dovecot.ts'
import { describeDelivery } from './contract.ts'
import { lmtpDelivery } from './lmtp.ts'

const stack = inject('mailStack')
const SECRET = 'abcdefghijklmnopqrstuvwx'
// The quota of the run's stack is 1 GiB: a mail of this size, 32 times.
const PART = 2 ** 25
const DOUBLINGS = 5

describe.skipIf(!stack)('Dovecot', () => {
  if (!stack) return
  const stage = provisioning(stack)
  const mailbox = dovecotMailbox(stack)
  const delivery = lmtpDelivery(stack.lmtp)
  const endpoint = stack.imap
  afterAll(() => stage.close())

  const putMailbox = async () => {
    const address = await stage.putMailbox()
    await stage.putAppPassword({ address, secret: SECRET, protocols: ['imap'] })
    return address
  }

  async function asOwner<T>(address: string, folder: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const { host, port } = endpoint
    const client = new ImapFlow({ host, port, doSTARTTLS: false, auth: { user: address, pass: SECRET }, logger: false })
    await client.connect()
    try {
      await client.mailboxOpen(folder)
      return await work(client)
    } finally {
      await client.logout()
    }
  }

  describeDelivery('lmtp', async () => ({
    delivery,
    unreachable: lmtpDelivery({ host: '127.0.0.1', port: 1 }),
    putMailbox,
    async putFullMailbox() {
      const address = await putMailbox()
      await mailbox.append(address, 'Archive', Buffer.alloc(PART, `${'x'.repeat(62)}\r\n`))
      await asOwner(address, 'Archive', async (client) => {
        for (let doubling = 0; doubling < DOUBLINGS; doubling++) await client.messageCopy('1:*', 'Archive')
      })
      return address
    },
    inbox: (address) =>
      asOwner(address, 'INBOX', async (client) => {
        const messages: Buffer[] = []
        for await (const { source } of client.fetch('1:*', { source: true })) if (source) messages.push(source)
        return messages
      }),
  }))

  test('A mailbox that the directory does not know refuses', async () => {
    const letter = {
      releaseId: 'a',
      queueId: 'a',
      sender: '',
      mailbox: 'nobody-here@yunling.example',
      raw: Buffer.from('\r\n'),
      into: 'inbox' as const,
    }
    await expect(delivery.deliver(letter)).rejects.toMatchObject({ code: 'refused', status: '5.1.1' })
  })
})
