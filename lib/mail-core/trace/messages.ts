import type { TransactionSql } from 'postgres'
import { arrivedAt } from './days.ts'
import type { MessageFacts, TraceRecord } from './record.ts'
import { asJson } from './sql-json.ts'

type MessageRecord = Extract<TraceRecord, { kind: 'message' }>

/** What lists show of a mail. */
export interface ListFacts {
  id: string
  sender: string | null
  fromName: string | null
  fromAddress: string | null
  subject: string | null
  size: string | null
}

// RFC 5321 4.5.3.1 (addresses), RFC 5322 2.1.1 (lines), RFC 1035 (names); nothing shows more of a subject.
const LONGEST = { address: 320, name: 200, subject: 500, messageId: 998, host: 255 }

function toRow(id: string, { sender, login, messageId, from, subject, size, client, scan }: MessageFacts) {
  return {
    id,
    at: arrivedAt(id),
    sender: sender?.slice(0, LONGEST.address),
    // No detail is taken off (`a+b@`): a login is exactly one account's.
    login: login?.slice(0, LONGEST.address).toLowerCase(),
    messageId: messageId?.slice(0, LONGEST.messageId),
    fromName: from?.name.slice(0, LONGEST.name),
    fromAddress: from?.address.slice(0, LONGEST.address),
    subject: subject?.slice(0, LONGEST.subject),
    size,
    client:
      client && Object.fromEntries(Object.entries(client).flatMap(([key, value]) => (value ? [[key, value.slice(0, LONGEST.host)]] : []))),
    scan,
  }
}

// Postfix's log has a question mark for each octet beyond ASCII, and three dots where it ends too soon.
const readable = (subject = '') => subject.replace(/[?…]/g, '').length

/** What of two sources is known of one mail: the earlier counts, but for a subject that was cut short or made unreadable. */
function merge(one: MessageFacts, two: MessageFacts): MessageFacts {
  const { client, subject, ...facts } = { ...two, ...definedOf(one) }
  const both = one.client && two.client ? { ...definedOf(two.client), ...definedOf(one.client) } : client
  const better = readable(two.subject) > readable(one.subject) ? two.subject : subject
  return { ...facts, client: both as MessageFacts['client'], subject: better }
}

const definedOf = <T extends object>(facts: T): Partial<T> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== null)) as Partial<T>

/** Completes what is known of these mails, and locks their rows and those of `ids`, in one order for all. Returns what lists show. */
export async function upsertMessages(
  tx: TransactionSql,
  records: readonly MessageRecord[],
  ids: ReadonlySet<string>,
): Promise<Map<string, ListFacts>> {
  const facts = new Map<string, MessageFacts>([...ids].map((id) => [id, {}]))
  for (const record of records) facts.set(record.id, merge(facts.get(record.id) ?? {}, record.facts))
  if (facts.size === 0) return new Map()
  const rows = [...facts].sort(([one], [two]) => (one < two ? -1 : 1)).map(([id, known]) => toRow(id, known))
  const written = await tx<ListFacts[]>`
    insert into trace_messages as m (arrived_at, queue_id, sender, login, message_id, from_name, from_address, subject, size, client, scan)
    select * from json_to_recordset(${asJson(rows)}::text::json)
      as r (at timestamptz, id text, sender text, login text, "messageId" text, "fromName" text, "fromAddress" text, subject text,
        size bigint, client jsonb, scan jsonb)
    on conflict (arrived_at, queue_id) do update set
      sender = coalesce(m.sender, excluded.sender),
      login = coalesce(m.login, excluded.login),
      message_id = coalesce(m.message_id, excluded.message_id),
      from_name = case when m.from_address is null then excluded.from_name else m.from_name end,
      from_address = coalesce(m.from_address, excluded.from_address),
      subject = case when length(replace(excluded.subject, '?', '')) > coalesce(length(replace(m.subject, '?', '')), -1)
        then excluded.subject else m.subject end,
      size = coalesce(m.size, excluded.size),
      client = case when excluded.client is null then m.client else excluded.client || coalesce(m.client, '{}') end,
      scan = coalesce(m.scan, excluded.scan)
    returning queue_id as id, sender, from_name as "fromName", from_address as "fromAddress", subject, size`
  return new Map(written.map((row) => [row.id, { ...row }]))
}
