import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Delivery } from '../../delivery/port.ts'
import { queueIdOf } from '../../queue-id.ts'
import type { Verdict } from '../../trace/port.ts'
import type { Intake, Quarantine } from '../port.ts'
import { LmtpClient } from './lmtp-client.ts'

export interface QuarantineHarness {
  /** Any number of instances on one database; delivered mail lies in table mailbox_messages. */
  make(over?: { listen?: { host: string; port: number }; delivery?: Delivery; onProblem?: (error: unknown) => void }): Quarantine
  unreachable: Quarantine
  delivery: Delivery
  sql: Sql
  /** The mail as the adapter's filter hands it on, which knows these verdicts. */
  judged(verdict: Verdict, raw: Buffer): Buffer
  verdicts: Verdict[]
  close(): Promise<void>
}

let serial = 0n
export const newQueueId = () => queueIdOf(Date.now() * 1_000, ++serial)
export const newMailbox = () => `${randomUUID()}@yunling.example`
export const mail = (text = 'Hello', from = 'Zhao <zhao@partner.example>') =>
  Buffer.from(`From: ${from}\r\nSubject: Report\r\nMessage-ID: <${randomUUID()}@partner.example>\r\n\r\n${text}\r\n`)

/** A quarantine that waits for mail, and a client that brings some. */
export async function openHouse(harness: QuarantineHarness, over: Parameters<QuarantineHarness['make']>[0] = {}) {
  const { sql } = harness
  const quarantine = harness.make(over)
  const intake: Intake = await quarantine.listen()
  const client = await LmtpClient.connect(intake)
  return {
    quarantine,
    intake,
    client,
    /** Returns the id of a mail that this person holds. */
    async hold(mailbox: string, raw: Buffer = mail()) {
      const id = newQueueId()
      await client.deliver({ forward: { IDENT: id }, recipients: [mailbox] }, harness.judged('spam', raw))
      return id
    },
    inbox: (mailbox: string) => sql<{ raw: Buffer }[]>`select raw from mailbox_messages where address = ${mailbox}`,
    async traced(mailbox: string, id: string) {
      const [row] = await sql<{ outcome: string; reason: string | null; events: { what: string; reason?: string; rule?: string }[] }[]>`
        select outcome, reason, events from trace_recipients where mailbox = ${mailbox} and queue_id = ${id}`
      return row
    },
    /** Time passes for this mail. */
    later: (id: string, interval: string) => sql`
      update quarantine set settled_at = settled_at - ${interval}::interval, expires_at = expires_at - ${interval}::interval,
        claimed_until = claimed_until - ${interval}::interval where queue_id = ${id}`,
    async close() {
      client.close()
      await intake.close()
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>
