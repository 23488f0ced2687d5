import type { PendingQuery, Sql } from 'postgres'
import { unreachableUnless } from '../sql-errors.ts'
import { arrivalTime, arrivedAt, ensureDays, keepDays } from './days.ts'
import { readDeleters, readMailboxesWithDeletions, readMassDeletions } from './deletions.ts'
import { type Fragment, isUpwards, like, together, within } from './keyset.ts'
import type { ListFacts } from './messages.ts'
import type { Client, Outcome, Reason, Scan, Trace, TraceDetail, TracedMail, TraceEvent, TraceQuery } from './port.ts'
import { readOneSent, readSent } from './sent.ts'
import { applyRecords } from './store.ts'

interface ListRow extends ListFacts {
  outcome: Outcome
  folder: string | null
  reason: Reason | null
}

interface DetailRow extends ListRow {
  events: (Omit<TraceEvent, 'at'> & { at: string })[]
  messageId: string | null
  login: string | null
  client: Partial<Client> | null
  scan: (Omit<Scan, 'at'> & { at: string }) | null
}

const toMail = ({ id, sender, fromName, fromAddress, subject, size, outcome, folder, reason }: ListRow): TracedMail => {
  const address = fromAddress ?? sender
  return {
    id,
    arrivedAt: arrivalTime(id),
    from: address ? { name: fromName ?? '', address } : null,
    subject,
    size: size === null ? null : Number(size),
    outcome,
    folder,
    reason,
  }
}

const listColumns = (sql: Sql) =>
  sql`r.queue_id as id, r.sender, r.from_name as "fromName", r.from_address as "fromAddress", r.subject, r.size, r.outcome, r.folder, r.reason`

export async function readPage(sql: Sql, mailbox: string, query: TraceQuery): Promise<TracedMail[]> {
  // No mail of the trace has such an id, or is any of these.
  if ([query.before, query.after].some((id) => id !== undefined && arrivedAt(id) === null) || query.outcomes?.length === 0) return []
  const rows = await pageStatement(sql, mailbox, query)
  return (isUpwards(query) ? [...rows].reverse() : rows).map(toMail)
}

/** Newest first, or from one mail on upwards. Each outcome is read by itself, in the order of its index and no further than is needed. */
export function pageStatement(sql: Sql, mailbox: string, query: TraceQuery): PendingQuery<ListRow[]> {
  const { limit, outcomes } = query
  const order = isUpwards(query) ? sql`order by arrived_at, id` : sql`order by arrived_at desc, id desc`
  const where = together(
    sql,
    [sql`r.mailbox = ${mailbox}`, ...within(sql, query), ...(query.text ? [about(sql, query.text)] : [])],
    sql`and`,
  )
  const part = (outcome?: Outcome): Fragment => sql`
    (select r.arrived_at, ${listColumns(sql)} from trace_recipients r
     where ${where} ${outcome ? sql`and r.outcome = ${outcome}` : sql``} ${order} limit ${limit})`
  const parts = outcomes ? [...new Set(outcomes)].map(part) : [part()]
  return sql<ListRow[]>`select * from (${together(sql, parts, sql`union all`)}) mails ${order} limit ${limit}`
}

function about(sql: Sql, text: string): Fragment {
  const part = like(text)
  return sql`(r.sender ilike ${part} or r.from_name ilike ${part} or r.from_address ilike ${part} or r.subject ilike ${part})`
}

export async function readOne(sql: Sql, mailbox: string, id: string): Promise<TraceDetail | null> {
  const at = arrivedAt(id)
  if (at === null) return null
  const [row] = await sql<DetailRow[]>`
    select ${listColumns(sql)}, r.events, m.message_id as "messageId", m.login, m.client, m.scan
    from trace_recipients r join trace_messages m on m.arrived_at = r.arrived_at and m.queue_id = r.queue_id
    where r.mailbox = ${mailbox} and r.arrived_at = ${at}::text::timestamptz and r.queue_id = ${id}
      and m.arrived_at = ${at}::text::timestamptz`
  return row ? toDetail(row) : null
}

function toDetail(row: DetailRow): TraceDetail {
  const { sender, messageId, login, client, scan } = row
  return {
    ...toMail(row),
    sender,
    messageId,
    login,
    client: client && { ip: null, name: null, helo: null, tls: null, ...client },
    scan: scan && { ...scan, at: new Date(scan.at) },
    events: wholeStory(row),
  }
}

/** The log tells of recipients only once something becomes of them; the id tells when they began to wait for it. */
function wholeStory({ id, events }: DetailRow): TraceEvent[] {
  const told = events.map((event) => ({ ...event, at: new Date(event.at) }))
  if (!told.some(({ what }) => what === 'arrived' || what === 'rejected')) told.push({ at: arrivalTime(id), what: 'arrived' })
  // A line of the log tells the second alone, so that what follows may seem to come before.
  return told.sort((one, two) => Number(two.what === 'arrived') - Number(one.what === 'arrived') || one.at.getTime() - two.at.getTime())
}

/** What every adapter shares: all that is read is in the database, whoever wrote it. */
export function storedTrace(sql: Sql): Omit<Trace, 'follow' | 'takeLines'> {
  return {
    page: (mailbox, query) => unreachableUnless(() => readPage(sql, mailbox, query)),
    find: (mailbox, id) => unreachableUnless(() => readOne(sql, mailbox, id)),
    sent: (mailbox, query) => unreachableUnless(() => readSent(sql, mailbox, query)),
    findSent: (mailbox, id) => unreachableUnless(() => readOneSent(sql, mailbox, id)),
    deletedBy: (mailbox, mails) => unreachableUnless(() => readDeleters(sql, mailbox, mails)),
    massDeletions: (mailbox, since, least) => unreachableUnless(() => readMassDeletions(sql, mailbox, since, least)),
    mailboxesWithDeletions: (since, least) => unreachableUnless(() => readMailboxesWithDeletions(sql, since, least)),
    moved: (mailbox, id, folder) => unreachableUnless(() => moved(sql, mailbox, id, folder)),
    keep: (days) => unreachableUnless(() => keepDays(sql, days)),
    check: () => unreachableUnless(async () => void (await sql`select from trace_positions limit 1`)),
  }
}

async function moved(sql: Sql, mailbox: string, id: string, folder: string): Promise<void> {
  if (!(await readOne(sql, mailbox, id))) return
  await ensureDays(sql, [id])
  await sql.begin((tx) => applyRecords(tx, [{ kind: 'recipient', id, mailbox, event: { at: new Date(), what: 'moved', folder } }]))
}
