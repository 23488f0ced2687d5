import type { PendingQuery, Sql } from 'postgres'
import { arrivalTime, arrivedAt } from './days.ts'
import { type Fragment, isUpwards, like, together, within } from './keyset.ts'
import type { Outcome, Reason, SentMail, SentQuery } from './port.ts'

interface SentRow {
  id: string
  subject: string | null
  size: string | null
  messageId: string | null
  recipients: { address: string; writtenAs: string | null; outcome: Outcome; reason: Reason | null; at: string | null }[] | null
}

const MOST_RECIPIENTS = 1_000

const toSent = ({ id, subject, size, messageId, recipients }: SentRow): SentMail => ({
  id,
  sentAt: arrivalTime(id),
  subject,
  size: size === null ? null : Number(size),
  messageId,
  recipients: (recipients ?? []).map(({ address, writtenAs, outcome, reason, at }) => ({
    ...{ address, writtenAs: writtenAs ?? address, outcome, reason },
    at: at === null ? null : new Date(at),
  })),
})

/** Newest first, or from one mail on upwards. A mail without a size was begun and never handed in. */
export function sentStatement(sql: Sql, mailbox: string, query: SentQuery): PendingQuery<SentRow[]> {
  const order = isUpwards(query) ? sql`order by arrived_at, queue_id` : sql`order by arrived_at desc, queue_id desc`
  const conditions = [
    sql`login = ${mailbox}`,
    sql`size is not null`,
    ...within(sql, query),
    ...(query.text ? [about(sql, query.text)] : []),
  ]
  return sql<SentRow[]>`
    select m.queue_id as id, m.subject, m.size, m.message_id as "messageId", r.recipients
    from (select * from trace_messages t where ${together(sql, conditions, sql`and`)} ${order} limit ${query.limit}) m
      cross join lateral ${recipientsOf(sql)} r ${order}`
}

function about(sql: Sql, text: string): Fragment {
  return sql`(subject ilike ${like(text)} or exists (
    select from trace_recipients r where r.arrived_at = t.arrived_at and r.queue_id = t.queue_id
      and coalesce(r.written_as, r.mailbox) ilike ${like(text)}))`
}

/** What its owner did with a mail afterwards is nothing that became of it on its way. */
const recipientsOf = (sql: Sql) => sql`(
  select json_agg(r) as recipients from (
    select mailbox as address, written_as as "writtenAs", outcome, reason, (
        select e ->> 'at' from jsonb_array_elements(events) with ordinality as e (e, number)
        where e ->> 'what' <> 'moved' order by number desc limit 1) as at
    from trace_recipients r where r.arrived_at = m.arrived_at and r.queue_id = m.queue_id
    order by mailbox limit ${MOST_RECIPIENTS}) r)`

export async function readSent(sql: Sql, mailbox: string, query: SentQuery): Promise<SentMail[]> {
  // No mail of the trace has such an id.
  if ([query.before, query.after].some((id) => id !== undefined && arrivedAt(id) === null)) return []
  const rows = await sentStatement(sql, mailbox, query)
  return (isUpwards(query) ? [...rows].reverse() : rows).map(toSent)
}

export async function readOneSent(sql: Sql, mailbox: string, id: string): Promise<SentMail | null> {
  const at = arrivedAt(id)
  if (at === null) return null
  const [row] = await sql<SentRow[]>`
    select m.queue_id as id, m.subject, m.size, m.message_id as "messageId", r.recipients
    from (select * from trace_messages where login = ${mailbox} and size is not null
      and arrived_at = ${at}::text::timestamptz and queue_id = ${id}) m cross join lateral ${recipientsOf(sql)} r`
  return row ? toSent(row) : null
}
