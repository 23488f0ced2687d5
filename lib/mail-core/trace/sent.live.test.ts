import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { connectSql } from '#db/client.ts'
import { provisioning } from '#deploy/mail-stack/testing.ts'
import type { SentMail, Trace } from './port.ts'
import { postfixTrace } from './postfix-log.ts'

const stack = inject('mailStack')
const SECRET = 'abcdefghijklmnopqrstuvwx'
const SPAM = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'

describe.skipIf(!stack?.submission)('Sent mail, told by real servers', () => {
  if (!stack?.submission) return
  const { submission, smtp, mailLogs } = stack
  const stage = provisioning(stack)
  const sql = connectSql(stack.databaseOwnerUrl)
  const end = new AbortController()
  const problems: unknown[] = []
  let trace: Trace
  let following: Promise<void>

  beforeAll(() => {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const files = [mailLogs.postfix, mailLogs.dovecot]
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
    await stage.putAppPassword({ address, secret: SECRET, protocols: ['smtp'] })
    return address
  }

  interface Letter {
    from: string
    to: string[]
    text?: string
    messageId?: string
    /** Done once the server has accepted the recipients. */
    meanwhile?: () => Promise<void>
  }

  async function send({ from, to, text = 'Hello', messageId = `<${randomUUID()}@yunling.example>`, meanwhile }: Letter): Promise<string> {
    const raw = [`From: ${from}`, `To: ${to.join(', ')}`, 'Subject: Report', `Message-ID: ${messageId}`, '', text, ''].join('\r\n')
    async function* letter() {
      await meanwhile?.()
      yield raw
    }
    const transport = createTransport({
      ...submission,
      secure: false,
      auth: { user: from, pass: SECRET },
      tls: { rejectUnauthorized: false },
    })
    await transport.sendMail({ envelope: { from, to }, raw: Readable.from(letter()) })
    transport.close()
    return messageId
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
  const heardOf = (login: string, messageId: string, outcomes: number) =>
    heard(
      async () => (await trace.sent(login, { limit: 10 })).find((mail) => mail.messageId === messageId),
      ({ recipients }: SentMail) => recipients.filter(({ at }) => at !== null).length === outcomes,
    )

  test('A mail is shown to its sender with each outcome', async () => {
    const [lin, wang, leaving] = [await putPerson(), await putPerson(), await putPerson()]
    const nobody = `${randomUUID()}@${stack.domain}`
    const unknown = await send({ from: lin, to: [nobody, wang] })
    expect(await heardOf(lin, unknown, 1)).toMatchObject({
      subject: 'Report',
      recipients: [{ address: wang, writtenAs: wang, outcome: 'delivered', reason: null }],
    })
    const bounced = await send({ from: lin, to: [leaving, wang], meanwhile: () => stage.removeAccount(leaving) })
    const { recipients } = await heardOf(lin, bounced, 2)
    expect(recipients).toContainEqual(expect.objectContaining({ address: leaving, outcome: 'failed', reason: 'unknown_recipient' }))
    expect(recipients).toContainEqual(expect.objectContaining({ address: wang, outcome: 'delivered' }))
    const waiting = await heardOf(lin, await send({ from: lin, to: [wang], text: SPAM }), 1)
    expect(waiting).toMatchObject({ recipients: [{ outcome: 'waiting', reason: 'quarantine_unavailable' }] })
    expect(await trace.findSent(lin, waiting.id)).toMatchObject({ id: waiting.id })
  })

  test('T43 nobody is shown a mail that somebody else sent in his name, with his Message-ID', async () => {
    const [lin, wang] = [await putPerson(), await putPerson()]
    const messageId = await send({ from: lin, to: [wang] })
    const { id } = await heardOf(lin, messageId, 1)
    const spoof = createTransport({ host: smtp?.host, port: smtp?.port, ignoreTLS: true })
    await spoof.sendMail({ envelope: { from: lin, to: [wang] }, from: lin, to: wang, messageId, text: 'Hello' })
    spoof.close()
    const both = await heard(
      () => trace.page(wang, { limit: 5 }),
      (mails) => mails.length === 2,
    )
    const [spoofed] = both.filter((mail) => mail.id !== id)
    expect((await trace.sent(lin, { limit: 5 })).map((mail) => mail.id)).toEqual([id])
    expect(await trace.findSent(lin, spoofed?.id ?? '')).toBeNull()
    expect(await trace.findSent(wang, id)).toBeNull()
  })

  test('All this goes without a problem', () => {
    expect(problems).toEqual([])
  })
})
