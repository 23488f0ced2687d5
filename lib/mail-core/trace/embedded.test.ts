import { expect, test } from 'vitest'
import { clientName } from './client-name.ts'
import { describeTrace } from './contract.ts'
import { embeddedTrace } from './embedded.ts'
import type { TraceRecord } from './record.ts'
import { reasonOf } from './reply-reason.ts'
import { applyRecords, ensureDays } from './store.ts'
import { traceHouse } from './testing/house.ts'
import { complete, type Step, type ToldMail } from './testing/mail-log.ts'

/** What the embedded intake would write of it. */
function recordsOf({ id, arrivedAt, sender, login, subject, size, messageId, recipients }: ToldMail): TraceRecord[] {
  const client = { ip: '203.0.113.9', name: 'mx.elsewhere.example', helo: 'mx', tls: null }
  const told = (mailbox: string, writtenAs: string | undefined, step: Step, at: Date): TraceRecord => {
    const key = { kind: 'recipient', id, mailbox, writtenAs } as const
    if (step.what === 'delivered') return { ...key, event: { at, what: 'delivered', folder: step.folder }, outcome: 'delivered' }
    const { what, status } = step
    const reason = what === 'rejected' ? 'content_refused' : reasonOf(status, step.text)
    const outcome = { deferred: 'waiting', bounced: 'failed', rejected: 'rejected' } as const
    return { ...key, event: { at, what, status, reason }, outcome: outcome[what], reason }
  }
  return [
    { kind: 'message', id, facts: { sender, login, subject, size, messageId, client } },
    ...recipients.flatMap(({ mailbox, writtenAs, steps }) =>
      steps.map((step, index) => told(mailbox, writtenAs, step, new Date(arrivedAt.getTime() + (index + 1) * 1_000))),
    ),
  ]
}

describeTrace('embedded', async () => {
  const { sql, nowhere, close } = await traceHouse()
  return {
    trace: embeddedTrace(sql),
    unreachable: embeddedTrace(nowhere),
    async happen(mail) {
      const told = complete(mail)
      await ensureDays(sql, [told.id])
      await sql.begin((tx) => applyRecords(tx, recordsOf(told)))
      return told.id
    },
    async remove({ mailbox, protocol = 'imap', client, ip = '203.0.113.9', mails }) {
      const by = { protocol, ip, client: client === undefined ? null : clientName(client) }
      const records = mails.map((mail, serial): TraceRecord => ({ kind: 'deletion', mailbox, serial, ...by, ...mail }))
      await ensureDays(
        sql,
        mails.map(({ at }) => at),
      )
      await sql.begin((tx) => applyRecords(tx, records))
    },
    close,
  }
})

test('Nobody can push lines into a trace that reads none', async () => {
  const { sql, close } = await traceHouse()
  await expect(embeddedTrace(sql).takeLines('mx1', 0, Buffer.from('x\n'))).rejects.toMatchObject({ code: 'refused' })
  await close()
})
