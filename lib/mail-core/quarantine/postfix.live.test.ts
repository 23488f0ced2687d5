import { createClient } from '@redis/client'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { provisioning } from '#deploy/mail-stack/testing.ts'
import { lmtpDelivery } from '../delivery/lmtp.ts'
import { dovecotMailbox } from '../mailbox/dovecot.ts'
import type { Intake } from './port.ts'
import { postfixQuarantine } from './postfix.ts'
import { EICAR, GTUBE } from './testing/harness.ts'

const stack = inject('mailStack')
// To, Date and Message-ID are missing: points enough for the folder for junk, not for the quarantine.
const JUNK = 'From: zhao@outside.example\r\nSubject: Junk\r\n\r\nHello\r\n'
const SLOW = { timeout: 30_000 }

describe.skipIf(!stack?.smtp)('Postfix, Rspamd and Dovecot', () => {
  if (!stack?.smtp) return
  const stage = provisioning(stack)
  const mailbox = dovecotMailbox(stack)
  const config = { sql: stage.sql, listen: stack.quarantine, delivery: lmtpDelivery(stack.lmtp), heldDays: 30 }
  const problems: unknown[] = []
  const quarantine = postfixQuarantine({ ...config, onProblem: (error) => problems.push(error) })
  const transport = createTransport({ host: stack.smtp.host, port: stack.smtp.port, ignoreTLS: true })
  const redis = createClient({ url: `redis://:${stack.redis.password}@${stack.redis.host}:${stack.redis.port}` })
  let intake: Intake

  beforeAll(async () => {
    await redis.connect()
    intake = await quarantine.listen()
  })
  afterAll(async () => {
    transport.close()
    await intake.close()
    await redis.close()
    await stage.close()
  })

  const send = (to: string[], text: string, headers: Record<string, string> = {}) =>
    transport.sendMail({
      envelope: { from: 'zhao@outside.example', to },
      from: 'zhao@outside.example',
      to,
      subject: '实验室报告',
      text,
      headers,
    })

  const held = async (address: string) => {
    await expect.poll(() => quarantine.count(address), SLOW).toBe(1)
    const [mail] = await quarantine.open(address, { limit: 1 })
    if (!mail) throw new Error('nothing is held')
    return mail
  }
  const inbox = (address: string) => mailbox.recent(address, { folder: 'INBOX', limit: 5 })

  test('What Rspamd finds is held for each, and arrives once when it is released', async () => {
    const [lin, wu] = [await stage.putMailbox(), await stage.putMailbox()]
    const { messageId } = await send([lin, wu], GTUBE)
    const mail = await held(lin)
    expect(mail).toMatchObject({ verdict: 'spam', state: 'held', sender: 'zhao@outside.example', from: 'zhao@outside.example' })
    expect(await held(wu)).toMatchObject({ id: mail.id })

    await quarantine.startRelease(lin, [mail.id])
    await Promise.all([quarantine.release(lin, mail.id), quarantine.release(lin, mail.id)])
    expect(await inbox(lin)).toMatchObject([{ subject: '实验室报告', unread: true }])
    expect(await inbox(wu)).toEqual([])

    const identity = { messageId, queueId: mail.id }
    expect(await mailbox.move(lin, identity, { from: 'INBOX', to: 'Junk' })).toBe(true)
    expect(await inbox(lin)).toEqual([])
  })

  test('T27 a virus is held, whatever the recipient allows and the sender claims', async () => {
    const lin = await stage.putMailbox()
    await stage.sql`insert into sender_rules (mailbox, sender, verdict) values (${lin}, '@outside.example', 'allow')`
    await send([lin], `See: ${EICAR}`, { 'X-Portal-Quarantine': 'verdict=none; score=0; required=8.00; auth=pass' })
    expect(await held(lin)).toMatchObject({ verdict: 'malware' })
  })

  test('One recipient’s block list changes nothing for the others: junk is junk, and whom somebody allows is not', async () => {
    const [lin, wang, wu] = [await stage.putMailbox(), await stage.putMailbox(), await stage.putMailbox()]
    await stage.sql`insert into sender_rules (mailbox, sender, verdict) values (${lin}, '@outside.example', 'block'), (${wu}, '@outside.example', 'allow')`
    await redis.hSet(`posthouse:senders:${lin}`, { '@outside.example': 'd' })
    await transport.sendMail({ envelope: { from: 'zhao@outside.example', to: [lin, wang, wu] }, raw: JUNK })
    const { id, score } = await held(lin)
    expect(score).toBeGreaterThanOrEqual(5)
    await expect.poll(() => mailbox.recent(wang, { folder: 'Junk', limit: 5 }), SLOW).toHaveLength(1)
    await expect.poll(() => inbox(wu), SLOW).toHaveLength(1)
    expect(await inbox(wang)).toEqual([])

    // The trace claims no folder: Dovecot's log names it, by this session.
    const traced = () => stage.sql`
      select mailbox, outcome, folder, lmtp_session is not null as session from trace_recipients
      where queue_id = ${id} and mailbox <> ${lin} and outcome = 'delivered' order by mailbox`
    const told = { outcome: 'delivered', folder: null, session: true }
    await expect.poll(traced, SLOW).toEqual([wang, wu].sort().map((address) => ({ mailbox: address, ...told })))
  })

  test('F3 while nobody listens, mail waits in Postfix’s queue', async () => {
    const lin = await stage.putMailbox()
    await intake.close()
    await send([lin], GTUBE)
    intake = await quarantine.listen()
    expect(await held(lin)).toMatchObject({ verdict: 'spam' })
    expect(problems).toEqual([])
  })
})
