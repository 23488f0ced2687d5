import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { embeddedMailbox } from '#lib/mail-core/mailbox/embedded.ts'
import { deliverBySmtp, deliverToInbox } from './deliver.ts'
import { enqueueNotice } from './enqueue.ts'
import { type NoticeSender, sendNotice, settleAbandonedNotices } from './send-job.ts'

const lin = 'lin@yunling.example'
const token = 'cancel-token-that-is-secret'
const later = '2026-11-30T16:05:00Z'

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = connect(database.url)
})
afterAll(async () => {
  await db.$client.end()
  await database.drop()
})

interface Letter {
  from: string
  to: string[]
  raw: string
}
const letters: Letter[] = []
/** What the mail server answers to the recipient; null takes it. */
let refusal: { responseCode: number; message: string } | null = null
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onRcptTo: (_, __, done) => done(refusal && Object.assign(new Error(refusal.message), refusal)),
  onData(stream, { envelope }, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      letters.push({
        from,
        to: envelope.rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks).toString(),
      })
      done()
    })
  },
})
let smtpUrl = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})
afterAll(() => new Promise<void>((resolve) => server.close(resolve)))
beforeEach(() => {
  letters.length = 0
  refusal = null
})

const sender = (changes: Partial<NoticeSender> = {}): NoticeSender => ({
  db,
  deliver: deliverBySmtp(smtpUrl),
  from: { name: '', address: 'no-reply@yunling.example' },
  site: {
    publicUrl: 'https://mail.yunling.example',
    timeZone: 'Asia/Shanghai',
    name: { 'zh-CN': '云岭大学邮件自助', en: 'Yunling mail' },
    hotline: { 'zh-CN': '校内6120', en: '6120 on campus' },
  },
  ...changes,
})
const phoneBound = () => enqueueNotice(db, { mailbox: lin, kind: 'phone_bound', params: { phone: '138****8000' } })
const changeRequested = () =>
  enqueueNotice(db, {
    mailbox: lin,
    kind: 'phone_change_requested',
    params: { phone: '138****8000', effective: later, cancelToken: token },
  })

async function read(id: string) {
  const [row] = await db.execute(sql`
    select state, sent_at is not null as sent, params::text as params from notices where id = ${id}`)
  return row
}

describe('by SMTP', () => {
  test('goes to the mailbox, once, under the id of the notice', async () => {
    const id = await phoneBound()
    await sendNotice(sender(), id)
    await sendNotice(sender(), id)
    expect(letters).toHaveLength(1)
    expect(letters[0]).toMatchObject({ from: 'no-reply@yunling.example', to: [lin] })
    const mail = await PostalMime.parse(letters[0]?.raw ?? '')
    expect(mail).toMatchObject({
      messageId: `<notice.${id}@yunling.example>`,
      from: { name: '云岭大学邮件自助', address: 'no-reply@yunling.example' },
      subject: '绑定了手机138****8000 · Phone 138****8000 is bound',
    })
    expect(await read(id)).toMatchObject({ state: 'sent', sent: true })
  })

  test('F3 is the same mail again when a crash hid the first delivery', async () => {
    const id = await changeRequested()
    const before = await read(id)
    await sendNotice(sender(), id)
    await db.execute(sql`update notices set state = 'queued', params = ${String(before?.params)}::jsonb where id = ${id}`)
    await sendNotice(sender(), id)
    expect(letters).toHaveLength(2)
    expect(letters[0]).toEqual(letters[1])
  })

  test('waits when the server is busy or away', async () => {
    const id = await phoneBound()
    refusal = { responseCode: 451, message: 'later' }
    await expect(sendNotice(sender(), id)).rejects.toMatchObject({
      name: 'MailCoreError',
      code: 'unreachable',
    })
    const nowhere = deliverBySmtp('smtp://127.0.0.1:1')
    await expect(sendNotice(sender({ deliver: nowhere }), id)).rejects.toBeInstanceOf(MailCoreError)
    expect(await read(id)).toMatchObject({ state: 'queued' })
    refusal = null
    await sendNotice(sender(), id)
    expect(letters).toHaveLength(1)
  })

  test('ends when the server refuses the recipient for good', async () => {
    const id = await changeRequested()
    refusal = { responseCode: 550, message: 'no such mailbox' }
    await sendNotice(sender(), id)
    expect(await read(id)).toMatchObject({ state: 'failed', sent: false })
    expect((await read(id))?.params).not.toContain('cancelToken')
  })

  test('T33 a name with line ends adds neither header nor recipient', async () => {
    const name = 'iPhone\r\nBcc: victim@yunling.example\r\n\r\n<h1>body</h1>'
    const id = await enqueueNotice(db, {
      mailbox: lin,
      kind: 'app_password_created',
      params: { name, expires: later },
    })
    await sendNotice(sender(), id)
    expect(letters[0]?.to).toEqual([lin])
    const mail = await PostalMime.parse(letters[0]?.raw ?? '')
    expect(mail.bcc).toBeUndefined()
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc')
    expect(mail.subject?.replaceAll('\u200b', '')).toContain('“iPhone Bcc: victim@yunling.example <h1>body</h1>”')
  })
})

test('without a mail server it is put into the inbox', async () => {
  const mailbox = embeddedMailbox(db.$client)
  const id = await enqueueNotice(db, {
    mailbox: lin,
    kind: 'app_passwords_suspended',
    params: {},
    locale: 'en',
  })
  await sendNotice(sender({ deliver: deliverToInbox(mailbox) }), id)
  const [message] = await mailbox.recent(lin, { folder: 'INBOX', limit: 1 })
  expect(message).toMatchObject({
    subject: 'App passwords are suspended',
    from: { name: 'Yunling mail', address: 'no-reply@yunling.example' },
    unread: true,
  })
})

test('T23 a cancel token is in the mail, never in the database in the clear, and gone after sending', async () => {
  const id = await changeRequested()
  const owner = connect(database.ownerUrl, { max: 1 })
  const rows = await owner.execute(sql`
    select n::text as row from notices n union all select j::text from graphile_worker._private_jobs j`)
  await owner.$client.end()
  const everything = JSON.stringify([...rows])
  expect(everything).toContain(id)
  expect(everything).not.toContain(token)
  expect(everything).not.toContain(Buffer.from(token).toString('base64').slice(0, 16))
  await sendNotice(sender(), id)
  expect((await PostalMime.parse(letters[0]?.raw ?? '')).text).toContain(`https://mail.yunling.example/link/${token}`)
  expect((await read(id))?.params).not.toContain('cancelToken')
})

test('a notice that could not be delivered for three days is given up without its token', async () => {
  const [old, fresh] = [await changeRequested(), await changeRequested()]
  await db.execute(sql`update notices set created_at = now() - interval '73 hours' where id = ${old}`)
  await settleAbandonedNotices(db)
  expect(await read(old)).toMatchObject({ state: 'failed' })
  expect((await read(old))?.params).not.toContain('cancelToken')
  expect((await read(fresh))?.params).toContain('cancelToken')
})

test.each(['lin@yunling.example\r\nBcc: x@y.example', 'a@b.example, c@d.example', '<lin@yunling.example>', ''])(
  'T33 %j is no mailbox to write to',
  async (mailbox) => {
    await expect(enqueueNotice(db, { mailbox, kind: 'phone_bound', params: { phone: '138****8000' } })).rejects.toThrow()
  },
)

test('a transaction that is rolled back leaves no notice', async () => {
  let id = ''
  const work = db.transaction(async (tx) => {
    id = await enqueueNotice(tx, { mailbox: lin, kind: 'phone_bound', params: { phone: '138****8000' } })
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(await read(id)).toBeUndefined()
})
