import { domainToASCII } from 'node:url'
import type { Sql, TransactionSql } from 'postgres'
import { type Head, readHead } from '../mail-head.ts'
import { arrivalOf } from '../queue-id.ts'
import type { SenderVerdict } from '../sender-rules/port.ts'
import type { Client, Scan } from '../trace/port.ts'
import type { MessageFacts, TraceRecord } from '../trace/record.ts'
import { applyRecords, ensureDays } from '../trace/store.ts'
import { type Decision, decide } from './decide.ts'
import type { Judgement } from './judgement.ts'
import { keepOctets } from './octets.ts'

/** A mail that came by LMTP. */
export interface Arrival {
  /** As the client named it (XFORWARD IDENT). */
  ident: string | null
  client: Omit<Client, 'tls'>
  /** Envelope sender; empty for a bounce. */
  sender: string
  mailboxes: readonly string[]
  raw: Buffer
}

/** A mail that has been judged. */
export interface Judged extends Judgement {
  queueId: string
  /** What the trace would otherwise not hear of. */
  facts?: Pick<MessageFacts, 'client' | 'size'> & { scan?: Omit<Scan, 'at'> }
  /** The story begins here, not in a log. */
  arrived?: boolean
}

interface Waiting extends Decision {
  mailbox: string
}

/** Stores a mail, once for each of these people, and says for whom it has to be handed on now. Repeated, it changes nothing. */
export async function takeIn(sql: Sql, arrival: Arrival, judged: Judged, heldDays: number): Promise<string[]> {
  const head = await readHead(arrival.raw)
  await ensureDays(sql, [judged.queueId])
  return sql.begin(async (tx) => {
    // Two deliveries of one mail at once would both count as hits of a rule.
    await tx`select pg_advisory_xact_lock(hashtextextended(${judged.queueId}, 0))`
    const mailboxes = await unknown(tx, judged.queueId, arrival.mailboxes)
    if (mailboxes.length === 0) return []
    const digest = await keepOctets(tx, arrival.raw)
    const waiting = await decideAll(tx, mailboxes, judged, sendersOf(arrival.sender, head))
    const at = await insert(tx, waiting, { arrival, judged, head, digest, heldDays })
    await applyRecords(tx, story(waiting, { arrival, judged, head, at }))
    return waiting.filter(({ passing }) => passing).map(({ mailbox }) => mailbox)
  })
}

/** Sorted, so that two mails lock the rules of the same people in one order. */
async function unknown(tx: TransactionSql, queueId: string, mailboxes: readonly string[]): Promise<string[]> {
  const rows = await tx<{ mailbox: string }[]>`
    select mailbox from quarantine where queue_id = ${queueId} and mailbox = any(${mailboxes})`
  const known = new Set(rows.map(({ mailbox }) => mailbox))
  return [...new Set(mailboxes)].filter((mailbox) => !known.has(mailbox)).sort()
}

async function decideAll(tx: TransactionSql, mailboxes: string[], judged: Judged, senders: string[]): Promise<Waiting[]> {
  const rows = await tx<{ mailbox: string; rule: SenderVerdict | null }[]>`
    select mailbox, sender_verdict(mailbox, ${senders}) as rule from unnest(${mailboxes}::text[]) mailbox`
  return rows.map(({ mailbox, rule }) => ({ mailbox, ...decide(judged, rule) }))
}

/** As people's lists write addresses. */
function sendersOf(envelope: string, { from }: Head): string[] {
  const senders = [envelope, from?.address ?? ''].map((address) => {
    const at = address.lastIndexOf('@')
    return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`.toLowerCase()
  })
  return [...new Set(senders.filter((sender) => /^.+@.+$/.test(sender)))]
}

interface Mail {
  arrival: Arrival
  judged: Judged
  head: Head
}

async function insert(tx: TransactionSql, waiting: Waiting[], mail: Mail & { digest: Buffer; heldDays: number }): Promise<Date> {
  const { arrival, judged, head, digest, heldDays } = mail
  const rows = await tx<{ at: Date }[]>`
    insert into quarantine (mailbox, verdict, passing, allowed, state, queue_id, arrived_at, digest, size, sender, from_address, score, auth, expires_at)
    select mailbox, verdict, passing::boolean, allowed::boolean, case when passing::boolean then 'releasing' else 'held' end, ${judged.queueId},
      'epoch'::timestamptz + ${String(arrivalOf(judged.queueId))}::bigint * interval '1 microsecond', ${digest}::bytea, ${arrival.raw.length},
      ${arrival.sender}, ${head.from?.address ?? null}, ${judged.score}, ${judged.auth}, now() + ${heldDays}::int * interval '1 day'
    from unnest(${waiting.map(({ mailbox }) => mailbox)}::text[], ${waiting.map(({ verdict }) => verdict)}::text[],
      ${waiting.map(({ passing }) => String(passing))}::text[],
      ${waiting.map(({ rule }) => String(rule === 'allow'))}::text[]) as w (mailbox, verdict, passing, allowed)
    returning now() as at`
  return rows[0]?.at ?? new Date()
}

function story(waiting: Waiting[], { arrival, judged, head, at }: Mail & { at: Date }): TraceRecord[] {
  const { queueId: id, facts = {}, arrived } = judged
  const message: MessageFacts = {
    sender: arrival.sender,
    ...(head.messageId ? { messageId: head.messageId } : {}),
    ...(head.from ? { from: head.from } : {}),
    subject: head.subject,
    ...facts,
    scan: facts.scan && { at, ...facts.scan },
  }
  const records: TraceRecord[] = [{ kind: 'message', id, facts: message }]
  for (const { mailbox, passing, rule } of waiting) {
    if (arrived) records.push({ kind: 'recipient', id, mailbox, event: { at, what: 'arrived' } })
    const outcome = passing ? 'releasing' : 'held'
    records.push({ kind: 'recipient', id, mailbox, event: { at, what: outcome, ...(rule ? { rule } : {}) }, outcome })
  }
  return records
}
