import { randomUUID } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { connectSql } from '#db/client.ts'
import { provisioning } from '#deploy/mail-stack/testing.ts'
import type { Outcome, Trace, TraceDetail } from './port.ts'
import { postfixTrace } from './postfix-log.ts'

const stack = inject('mailStack')
const SPAM = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'
// No To, Date or Message-ID: points enough for the folder for junk.
const JUNK = 'From: <zhao@elsewhere.example>\r\nSubject: Half price\r\n\r\nToday only.\r\n'

describe.skipIf(!stack?.smtp)('The trace of real mail servers', () => {
  if (!stack?.smtp) return
  const { smtp, submission, mailLogs, redis } = stack
  const stage = provisioning(stack)
  const sql = connectSql(stack.databaseOwnerUrl)
  const problems: unknown[] = []
  const end = new AbortController()
  let trace: Trace
  let following: Promise<void>

  beforeAll(() => {
    trace = postfixTrace({
      sql,
      files: [mailLogs.postfix, mailLogs.dovecot],
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      redisUrl: `redis://:${redis.password}@${redis.host}:${redis.port}`,
      onProblem: (error) => problems.push(error),
    })
    following = trace.follow(end.signal)
  })
  afterAll(async () => {
    end.abort()
    await following
    await Promise.all([sql.end(), stage.close()])
  })

  interface Letter {
    to: string[]
    text?: string
    /** Instead of a proper letter. */
    raw?: string
    login?: { user: string; pass: string }
  }

  async function send({ to, text = 'Hello', raw, login }: Letter): Promise<string> {
    const [messageId, from] = [`<${randomUUID()}@elsewhere.example>`, login?.user ?? 'zhao@elsewhere.example']
    const port = login ? submission?.port : smtp.port
    const transport = createTransport({
      host: smtp.host,
      port,
      ...(login ? { auth: login, tls: { rejectUnauthorized: false } } : { ignoreTLS: true }),
    })
    const letter = raw ? { raw } : { from: `赵敏 <${from}>`, to, subject: '实验室报告：'.repeat(20), text, messageId }
    await transport.sendMail({ ...letter, envelope: { from, to } })
    transport.close()
    return messageId
  }

  /** Once the trace knows this of the newest mail. */
  const heard = (mailbox: string, outcome: Outcome, complete: (found: TraceDetail) => boolean = () => true) =>
    vi.waitFor(
      async () => {
        const [newest] = await trace.page(mailbox, { limit: 1 })
        const found = newest && (await trace.find(mailbox, newest.id))
        if (found?.outcome !== outcome || !complete(found)) throw new Error(`${mailbox} has ${JSON.stringify(found)}`)
        return found
      },
      { timeout: 20_000, interval: 50 },
    )
  const inFolder = ({ folder, scan }: TraceDetail) => folder !== null && scan !== null

  test('tells who sent a mail, what the filter found, and into which folder it went', async () => {
    const mailbox = await stage.putMailbox()
    const messageId = await send({ to: [mailbox] })
    const found = await heard(mailbox, 'delivered', inFolder)
    expect(found).toMatchObject({
      ...{ messageId, folder: 'INBOX', reason: null, sender: 'zhao@elsewhere.example', login: null },
      from: { name: '赵敏', address: 'zhao@elsewhere.example' },
      subject: '实验室报告：'.repeat(20).trim(),
      client: { ip: '127.0.0.1', helo: expect.stringMatching(/./) },
      scan: { required: 8, junk: 5, verdict: 'none' },
      events: [{ what: 'arrived' }, { what: 'delivered', folder: 'INBOX', status: '2.0.0' }],
    })
    expect(Math.abs(found.arrivedAt.getTime() - Date.now())).toBeLessThan(60_000)
    expect(found.size).toBeGreaterThan(300)
  })

  test('tells junk from other mail, and one recipient from another', async () => {
    const [one, two] = [await stage.putMailbox(), await stage.putMailbox()]
    await send({ to: [one, two], raw: JUNK })
    for (const mailbox of [one, two]) expect(await heard(mailbox, 'junk', inFolder)).toMatchObject({ folder: 'Junk' })
  })

  test('tells the folder of each mail, though one connection carries many', async () => {
    const mailbox = await stage.putMailbox()
    const sent = await Promise.all(Array.from({ length: 12 }, (_, index) => send({ to: [mailbox], ...(index % 2 && { raw: JUNK }) })))
    await vi.waitFor(
      async () => {
        const mails = await trace.page(mailbox, { limit: 50 })
        expect(mails.filter(({ folder }) => folder === 'Junk')).toHaveLength(6)
        expect(mails.filter(({ folder }) => folder === 'INBOX')).toHaveLength(6)
        expect(mails).toHaveLength(sent.length)
      },
      { timeout: 30_000, interval: 50 },
    )
  })

  test('tells who was logged in, and that TLS was used', async () => {
    const mailbox = await stage.putMailbox()
    const pass = 'abcdefghijklmnopqrstuvwx'
    await stage.putAppPassword({ address: mailbox, secret: pass, protocols: ['smtp'] })
    await send({ to: [mailbox], login: { user: mailbox, pass } })
    expect(await heard(mailbox, 'delivered', inFolder)).toMatchObject({ login: mailbox, client: { tls: expect.stringMatching(/^TLSv1/) } })
  })

  test('tells of a mail to nobody', async () => {
    const nobody = `${randomUUID()}@${stack.domain}`
    await expect(send({ to: [nobody] })).rejects.toThrow()
    const found = await heard(nobody, 'rejected')
    expect(found).toMatchObject({
      reason: 'unknown_recipient',
      events: [{ what: 'rejected', status: '5.1.1' }],
      client: { ip: '127.0.0.1' },
    })
  })

  test('tells that a mail waits for the quarantine', async () => {
    const mailbox = await stage.putMailbox()
    await send({ to: [mailbox], text: SPAM })
    expect(await heard(mailbox, 'waiting', ({ reason }) => reason !== null)).toMatchObject({
      reason: 'quarantine_unavailable',
      events: [{ what: 'arrived' }, { what: 'deferred', status: '4.4.1' }],
    })
  })

  test('goes on without a problem', () => {
    expect(problems).toEqual([])
  })
})
