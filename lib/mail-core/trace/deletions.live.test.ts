import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { ImapFlow } from 'imapflow'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { connectSql } from '#db/client.ts'
import { provisioning } from '#deploy/mail-stack/testing.ts'
import type { Deleter, Trace } from './port.ts'
import { postfixTrace } from './postfix-log.ts'

const stack = inject('mailStack')
const SECRET = 'abcdefghijklmnopqrstuvwx'

describe.skipIf(!stack)('Deletions, told by a real server', () => {
  if (!stack) return
  const { imap, pop3, doveadm, mailLogs } = stack
  const stage = provisioning(stack)
  const sql = connectSql(stack.databaseOwnerUrl)
  const end = new AbortController()
  const problems: unknown[] = []
  let trace: Trace
  let following: Promise<void>

  beforeAll(() => {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const files = [mailLogs.dovecot]
    trace = postfixTrace({ sql, files, timeZone, onProblem: (error) => problems.push(error) })
    following = trace.follow(end.signal)
  })
  afterAll(async () => {
    end.abort()
    await following
    await Promise.all([sql.end(), stage.close()])
  })

  async function putPerson(): Promise<string> {
    const address = await stage.putMailbox()
    await stage.putAppPassword({ address, secret: SECRET, protocols: ['imap', 'pop3'] })
    return address
  }

  const heard = <T>(read: () => Promise<T | undefined>, complete: (found: T) => boolean = () => true): Promise<T> =>
    vi.waitFor(
      async () => {
        const found = await read()
        if (found === undefined || !complete(found)) throw new Error(`heard ${JSON.stringify(found)}`)
        return found
      },
      { timeout: 20_000, interval: 50 },
    )

  const mails = (count: number) => Array.from({ length: count }, () => `<${randomUUID()}@elsewhere.example>`)
  const octets = (messageId: string) => Buffer.from(`Message-ID: ${messageId}\r\nSubject: x\r\n\r\nHello\r\n`)

  async function withClient(address: string, name: string, work: (client: ImapFlow) => Promise<unknown>): Promise<void> {
    const client = new ImapFlow({
      host: imap.host,
      port: imap.port,
      doSTARTTLS: false,
      auth: { user: address, pass: SECRET },
      logger: false,
      clientInfo: { name },
    })
    await client.connect()
    await work(client)
    await client.logout()
  }
  const fill = (address: string, messageIds: string[]) =>
    withClient(address, 'Filler', async (client) => {
      for (const messageId of messageIds) await client.append('INBOX', octets(messageId))
    })
  const deleter = (address: string, messageId: string): Promise<Deleter> =>
    heard(async () => {
      const mail = { id: 'it', messageId, size: octets(messageId).length, deletedAt: new Date() }
      return (await trace.deletedBy(address, [mail])).get('it')
    })

  test('A mail that a program deleted at once, or from Trash, names the program and where it is', async () => {
    const address = await putPerson()
    const [once, trashed, moved] = mails(3) as [string, string, string]
    await fill(address, [once, trashed, moved])
    await withClient(address, 'com.apple.email.maild', async (client) => {
      await client.mailboxOpen('INBOX')
      await client.messageMove('2:3', 'Trash')
      await client.messageDelete('1')
    })
    await withClient(address, 'Mozilla Thunderbird', async (client) => {
      await client.mailboxOpen('Trash')
      await client.messageDelete('1')
    })
    expect(await deleter(address, once)).toEqual({ client: 'iPhone Mail', ip: '127.0.0.1', protocol: 'imap' })
    expect(await deleter(address, trashed)).toEqual({ client: 'Thunderbird', ip: '127.0.0.1', protocol: 'imap' })
    const still = { id: 'it', messageId: moved, size: octets(moved).length, deletedAt: new Date() }
    expect(await trace.deletedBy(address, [still])).toEqual(new Map())
  })

  test('A mail that went by POP3 names no program', async () => {
    const [address, [messageId]] = [await putPerson(), mails(1) as [string]]
    await fill(address, [messageId])
    const socket = connect(pop3.port, pop3.host)
    const answers = createInterface(socket)
    for (const command of ['', `USER ${address}`, `PASS ${SECRET}`, 'DELE 1', 'QUIT']) {
      if (command) socket.write(`${command}\r\n`)
      expect((await once(answers, 'line'))[0]).toMatch(/^\+OK/)
    }
    socket.destroy()
    expect(await deleter(address, messageId)).toEqual({ client: null, ip: '127.0.0.1', protocol: 'pop3' })
  })

  test('A mail that an administrator deleted names doveadm', async () => {
    const [address, [messageId]] = [await putPerson(), mails(1) as [string]]
    await fill(address, [messageId])
    const authorization = `X-Dovecot-API ${Buffer.from(doveadm.key).toString('base64')}`
    const body = JSON.stringify([['expunge', { user: address, query: ['mailbox', 'INBOX', 'all'] }, 'tag']])
    expect(await fetch(`${doveadm.url}/doveadm/v1`, { method: 'POST', headers: { authorization }, body })).toMatchObject({ status: 200 })
    expect(await deleter(address, messageId)).toEqual({ client: null, ip: null, protocol: 'doveadm' })
  })

  test('Many mails that one program deleted at once are told of', async () => {
    const [address, start] = [await putPerson(), new Date(Date.now() - 60_000)]
    await fill(address, mails(12))
    await withClient(address, 'Foxmail', async (client) => {
      await client.mailboxOpen('INBOX')
      await client.messageDelete('1:*')
    })
    const [told] = await heard(
      () => trace.massDeletions(address, start, 10),
      (masses) => masses[0]?.count === 12,
    )
    expect(told).toMatchObject({ client: 'Foxmail', ip: '127.0.0.1', protocol: 'imap', count: 12 })
  })

  test('All this goes without a problem', () => {
    expect(problems).toEqual([])
  })
})
