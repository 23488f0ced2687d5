import type { PendingQuery, Sql, TransactionSql } from 'postgres'
import { arrivalOf } from '../queue-id.ts'
import type { Authentication, Outcome, TraceEvent } from '../trace/port.ts'
import { applyRecords, ensureDays } from '../trace/store.ts'
import type { HeldMail, HeldState, HeldVerdict } from './port.ts'

export interface Row {
  mailbox: string
  queue_id: string
  kept: boolean
  size: string
  sender: string
  from_address: string | null
  verdict: HeldVerdict
  score: number | null
  auth: Authentication
  state: HeldState
  request: string | null
  held_at: Date
  expires_at: Date
  settled_at: Date | null
}

export const UNDECIDED: HeldState[] = ['held', 'requested', 'refused']

export const columns = (sql: Sql | TransactionSql) =>
  sql`mailbox, queue_id, digest is not null as kept, size, sender, from_address, verdict, score, auth, state, request, held_at, expires_at, settled_at`

export const toMail = (row: Row): HeldMail => ({
  id: row.queue_id,
  mailbox: row.mailbox,
  verdict: row.verdict,
  score: row.score,
  auth: row.auth,
  state: row.state,
  request: row.request,
  sender: row.sender,
  from: row.from_address,
  size: Number(row.size),
  heldAt: row.held_at,
  expiresAt: row.expires_at,
  settledAt: row.settled_at,
  kept: row.kept,
})

/** One mail of one person. */
export interface Key {
  mailbox: string
  id: string
}

export const keysOf = (mailbox: string, ids: readonly string[]): Key[] => ids.map((id) => ({ mailbox, id }))

/** A change of state, and what the trace tells of it. */
export interface Change {
  from: readonly HeldState[]
  /** What is set in the row. */
  to: (tx: TransactionSql) => PendingQuery<Row[]>
  /** What has to hold besides the state. */
  where?: (tx: TransactionSql) => PendingQuery<Row[]>
  event: Omit<TraceEvent, 'at'> | ((key: Key) => Omit<TraceEvent, 'at'>)
  /** Of Dovecot's LMTP, by which its log names the folder. */
  lmtpSession?: (key: Key) => string | undefined
  /** For a mail that nobody held, and that only passes through, it may be another one. */
  outcome?: Outcome | ((passing: boolean) => Outcome)
}

/**
 * Of these mails, those that change: one statement decides, and the trace hears of it in the same transaction. Returns their ids.
 * Rows are locked in one order, so that of two acts on the same mails one waits for the other.
 */
export async function change(sql: Sql, keys: readonly Key[], { from, to, where, event, lmtpSession, outcome }: Change): Promise<string[]> {
  const wanted = keys.filter(({ id }) => isQueueId(id))
  if (wanted.length === 0) return []
  const ids = wanted.map(({ id }) => id)
  await ensureDays(sql, ids)
  return sql.begin(async (tx) => {
    const rows = await tx<(Key & { at: Date; passing: boolean })[]>`
      with changing as materialized (
        select q.mailbox, q.queue_id from quarantine q
          join unnest(${wanted.map(({ mailbox }) => mailbox)}::text[], ${ids}::text[]) as wanted (mailbox, queue_id)
            on q.mailbox = wanted.mailbox and q.queue_id = wanted.queue_id
        where state = any(${from as HeldState[]}) ${where ? tx`and ${where(tx)}` : tx``}
        order by q.mailbox, q.queue_id for update of q)
      update quarantine q set ${to(tx)} from changing where q.mailbox = changing.mailbox and q.queue_id = changing.queue_id
      returning q.mailbox, q.queue_id as id, now() as at, passing`
    const records = rows.map(({ mailbox, id, at, passing }) => {
      const told = typeof event === 'function' ? event({ mailbox, id }) : event
      return {
        kind: 'recipient' as const,
        id,
        mailbox,
        event: { at, ...told },
        outcome: typeof outcome === 'function' ? outcome(passing) : outcome,
        reason: told.reason,
        lmtpSession: lmtpSession?.({ mailbox, id }),
      }
    })
    await applyRecords(tx, records)
    return rows.map(({ id }) => id)
  })
}

/** Ids come from outside: what is none is not found, and reaches no statement. */
export const isQueueId = (id: string): boolean => arrivalOf(id) !== null
