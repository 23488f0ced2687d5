import type { TransactionSql } from 'postgres'
import { arrivedAt } from './days.ts'
import { applyDeletions } from './deletions.ts'
import { type ListFacts, upsertMessages } from './messages.ts'
import type { TraceRecord } from './record.ts'
import { joinFolders } from './sessions.ts'
import { asJson } from './sql-json.ts'
import { begin, putDelivered, type Story, tell } from './story.ts'

export { ensureDays } from './days.ts'

/** A recipient's row: mail and mailbox. */
export interface Key {
  id: string
  mailbox: string
}
export const nameOf = ({ id, mailbox }: Key) => `${id} ${mailbox}`

/**
 * Writes down what a source tells, in the source's own transaction; `ensureDays` made room before. Returns how many records were left
 * out, because the trace keeps nothing of the day that their id names.
 */
export async function applyRecords(tx: TransactionSql, records: readonly TraceRecord[]): Promise<number> {
  const kept = records.filter((record) => !('id' in record) || arrivedAt(record.id) !== null)
  if (kept.length > 0) await applyKept(tx, kept)
  await applyDeletions(tx, records)
  return records.length - kept.length
}

async function applyKept(tx: TransactionSql, records: readonly TraceRecord[]): Promise<void> {
  const told = records.filter((record) => record.kind === 'recipient')
  const expired = records.filter((record) => record.kind === 'expired').map(({ id }) => id)
  const folders = await joinFolders(tx, records)
  const keys = new Map([...told, ...folders].map((key) => [nameOf(key), { id: key.id, mailbox: key.mailbox }]))
  const facts = records.filter((record) => record.kind === 'message')
  // Who holds a mail's row alone changes those of its recipients: two sources never wait for each other here.
  const messages = await upsertMessages(tx, facts, new Set([...[...keys.values()].map(({ id }) => id), ...expired]))
  const listed = facts.map(({ id }) => messages.get(id)).filter((message) => message !== undefined)
  const stories = await read(tx, [...keys.values()], listed, expired)
  for (const record of records) {
    if (record.kind === 'recipient') tell(storyOf(stories, record), record)
    else if (record.kind === 'expired') expire(stories, record)
  }
  for (const key of folders) putDelivered(storyOf(stories, key), key.folder)
  await write(tx, [...stories.values()], messages)
  await tx`select pg_notify('posthouse_mail', mailbox)
    from json_array_elements_text(${asJson([...new Set([...stories.values()].map(({ mailbox }) => mailbox))])}::text::json) mailbox`
}

/** The queue names the mail alone: its recipients are those who have not got it. */
function expire(stories: Map<string, Story>, { id, at }: Extract<TraceRecord, { kind: 'expired' }>): void {
  for (const story of stories.values()) {
    if (story.id !== id || story.outcome !== 'waiting') continue
    tell(story, { event: { at, what: 'bounced', reason: 'too_old' }, outcome: 'failed', reason: 'too_old' })
  }
}

function storyOf(stories: Map<string, Story>, key: Key): Story {
  const name = nameOf(key)
  const story = stories.get(name) ?? begin(key.mailbox, key.id)
  stories.set(name, story)
  return story
}

/**
 * Of these recipients, of all whose row does not yet show what is known of the mail, and of all that wait for one that expired. Joined
 * row by row, whatever the statistics say.
 */
async function read(tx: TransactionSql, keys: Key[], listed: ListFacts[], expired: string[]): Promise<Map<string, Story>> {
  const dated = <T extends { id: string }>(rows: T[]) => rows.map((row) => ({ ...row, at: arrivedAt(row.id) as string }))
  const [known, shown, over] = [dated(keys), dated(listed), dated(expired.map((id) => ({ id })))]
  const times = [...known, ...shown, ...over].map(({ at }) => at).sort()
  if (times.length === 0) return new Map()
  const story = tx`
    select mailbox, queue_id as id, outcome, folder, reason, lmtp_session as session, written_as as "writtenAs", events
    from trace_recipients t
    where t.arrived_at between ${times[0] as string}::text::timestamptz and ${times.at(-1) as string}::text::timestamptz
      and t.arrived_at = k.at and t.queue_id = k.id`
  const rows = await tx<Story[]>`
    select s.* from json_to_recordset(${asJson(known)}::text::json) as k (id text, mailbox text, at timestamptz)
      cross join lateral (${story} and t.mailbox = k.mailbox limit 1) s
    union all
    select s.* from json_to_recordset(${asJson(shown)}::text::json)
        as k (id text, at timestamptz, sender text, "fromName" text, "fromAddress" text, subject text, size bigint)
      cross join lateral (${story} and (t.sender, t.from_name, t.from_address, t.subject, t.size)
        is distinct from (k.sender, k."fromName", k."fromAddress", k.subject, k.size) offset 0) s
    union all
    select s.* from json_to_recordset(${asJson(over)}::text::json) as k (id text, at timestamptz)
      cross join lateral (${story} and t.outcome = 'waiting' offset 0) s`
  return new Map(rows.map((row) => [nameOf(row), { ...row }]))
}

async function write(tx: TransactionSql, stories: Story[], messages: Map<string, ListFacts>): Promise<void> {
  const rows = stories.map((story) => ({ ...messages.get(story.id), ...story, at: arrivedAt(story.id) }))
  await tx`
    insert into trace_recipients as t (mailbox, arrived_at, queue_id, sender, from_name, from_address, subject, size,
      outcome, folder, reason, lmtp_session, written_as, events)
    select * from json_to_recordset(${asJson(rows)}::text::json)
      as r (mailbox text, at timestamptz, id text, sender text, "fromName" text, "fromAddress" text, subject text, size bigint,
        outcome text, folder text, reason text, session text, "writtenAs" text, events jsonb)
    on conflict (mailbox, arrived_at, queue_id) do update set sender = excluded.sender, from_name = excluded.from_name,
      from_address = excluded.from_address, subject = excluded.subject, size = excluded.size, outcome = excluded.outcome,
      folder = excluded.folder, reason = excluded.reason, lmtp_session = excluded.lmtp_session,
      written_as = excluded.written_as, events = excluded.events`
}
