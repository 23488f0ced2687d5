import { once } from 'node:events'
import { ImapFlow } from 'imapflow'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { connectSql } from '#db/client.ts'
import { provisioning } from '#deploy/mail-stack/testing.ts'
import { describeMailbox } from './contract.ts'
import { dovecotMailbox } from './dovecot.ts'
import { later } from './testing/house.ts'
import { mailClients } from './testing/mail-clients.ts'

const stack = inject('mailStack')
const SECRET = 'abcdefghijklmnopqrstuvwx'

describe.skipIf(!stack)('Dovecot', () => {
  if (!stack) return
  const stage = provisioning(stack)
  const sql = connectSql(stack.databaseOwnerUrl)
  const mailbox = dovecotMailbox({ ...stack, sql })
  const { host, port } = stack.imap
  afterAll(() => Promise.all([stage.close(), sql.end()]))

  describeMailbox('dovecot', async () => ({
    ...mailClients(stack),
    mailbox,
    another: dovecotMailbox({ ...stack, sql }),
    unreachable: dovecotMailbox({
      ...stack,
      imap: { host: '127.0.0.1', port: 1 },
      doveadm: { url: 'http://127.0.0.1:1', key: 'x' },
      sql,
    }),
    putMailbox: () => stage.putMailbox(),
    nextMoment: () => later(1_000),
  }))

  async function connect(address: string): Promise<ImapFlow> {
    const client = new ImapFlow({ host, port, doSTARTTLS: false, auth: { user: address, pass: SECRET }, logger: false })
    client.on('error', () => {})
    await client.connect()
    return client
  }

  /** A person's mail client, logged in and looking at the inbox. */
  async function openSession(): Promise<{ address: string; client: ImapFlow }> {
    const address = await stage.putMailbox()
    await stage.putAppPassword({ address, secret: SECRET, protocols: ['imap'] })
    const client = await connect(address)
    await client.mailboxOpen('INBOX')
    return { address, client }
  }

  test('Open sessions of one person are closed within the call, those of others are not', async () => {
    const mine = await openSession()
    const other = await openSession()
    const closed = once(mine.client, 'close')
    await mailbox.endSessions(mine.address)
    await closed
    await expect(mine.client.noop()).rejects.toThrow()
    await other.client.noop()
    expect(other.client.usable).toBe(true)
    await other.client.logout()
  })

  test('All sessions of a person end, however many', async () => {
    const { address, client } = await openSession()
    const more = await Promise.all(Array.from({ length: 5 }, () => connect(address)))
    const closed = Promise.all([client, ...more].map((each) => once(each, 'close')))
    await mailbox.endSessions(address)
    await closed
  })

  test.each(['0.0.0.0/0', '127.0.0.1', '::/0', 'a@b*', '', 'a b@c', 'x@y\r\n'])('Sessions are not ended for %j', async (mask) => {
    const { client } = await openSession()
    await expect(mailbox.endSessions(mask)).rejects.toMatchObject({ code: 'refused' })
    await client.noop()
    await client.logout()
  })

  test('A message keeps its id when it is moved', async () => {
    const { address, client } = await openSession()
    await mailbox.append(address, 'INBOX', Buffer.from('Subject: Moved\r\n\r\n'))
    const [before] = await mailbox.recent(address, { folder: 'INBOX', limit: 1 })
    await client.noop()
    await client.messageMove('1:*', 'Trash')
    const [after] = await mailbox.recent(address, { folder: 'Trash', limit: 1 })
    expect(after?.id).toBe(before?.id)
    await client.logout()
  })

  test('A mailbox that the directory does not know is not found', async () => {
    const address = 'nobody-here@yunling.example'
    await expect(mailbox.recent(address, { folder: 'INBOX', limit: 1 })).rejects.toMatchObject({ code: 'not_found' })
    await expect(mailbox.quota(address)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('A wrong master password or key is refused, without the server’s words', async () => {
    const address = await stage.putMailbox()
    const wrong = dovecotMailbox({ ...stack, master: { ...stack.master, password: 'x' }, doveadm: { ...stack.doveadm, key: 'x' } })
    const refused = { code: 'refused', message: 'refused' }
    await expect(wrong.recent(address, { folder: 'INBOX', limit: 1 })).rejects.toMatchObject(refused)
    await expect(wrong.quota(address)).rejects.toMatchObject(refused)
    await expect(wrong.check()).rejects.toMatchObject(refused)
  })

  test('The quota of the site is known', async () => {
    const address = await stage.putMailbox()
    const { limitBytes } = await mailbox.quota(address)
    expect(limitBytes).toBe(1024 ** 3)
  })

  test('Twenty calls at once all get their answer', async () => {
    const address = await stage.putMailbox()
    await mailbox.append(address, 'INBOX', Buffer.from('Subject: One\r\n\r\n'))
    const answers = await Promise.all(Array.from({ length: 20 }, () => mailbox.recent(address, { folder: 'INBOX', limit: 5 })))
    expect(answers.map(([message]) => message?.subject)).toEqual(Array.from({ length: 20 }, () => 'One'))
  })
})
