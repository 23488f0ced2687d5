import { createHash } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import { keepsDeletion } from './days.ts'
import type { DeletedMail, Deleter, MassDeletion } from './port.ts'
import type { DeletionRecord, TraceRecord } from './record.ts'
import { asJson } from './sql-json.ts'

type Of<Kind extends TraceRecord['kind']> = Extract<TraceRecord, { kind: Kind }>

const LONGEST = { client: 80, ip: 45 }
// Dovecot logs 80 octets of a Message-ID at most, three of them dots where it was longer.
const LOGGED_OF_MESSAGE_ID = 76

/** What the log and the mail have in common, as one number. */
function mailOf({ messageId, size }: { messageId: string | null; size: number }): string {
  const logged = Buffer.from((messageId ?? '').trim()).subarray(0, LOGGED_OF_MESSAGE_ID)
  // The log has a question mark for what is no text.
  const readable = logged.toString().replace(/[^!-~]+|[<>?]/g, '')
  return createHash('sha256').update(`${readable} ${size}`).digest().readBigInt64BE().toString()
}

const nameOf = ({ mailbox, session }: { mailbox: string; session: string }) => `${session} ${mailbox}`

/** Writes down which mails left their mailbox, with the client of the session in which they did. */
export async function applyDeletions(tx: TransactionSql, records: readonly TraceRecord[]): Promise<void> {
  const sessions = new Map<string, Of<'session'>>()
  const ended = new Map<string, Of<'session end'>>()
  const deletions: DeletionRecord[] = []
  for (const record of records) {
    if (record.kind === 'deletion' && keepsDeletion(record.at)) deletions.push(record)
    else if (record.kind === 'session end') ended.set(nameOf(record), record)
    else if (record.kind === 'session') {
      const name = nameOf(record)
      const { client, ip } = sessions.get(name) ?? {}
      sessions.set(name, { ...record, client: record.client ?? client, ip: record.ip ?? ip })
    }
  }
  await putDeletions(tx, deletions, sessions)
  // Most sessions are short: those that end with what began them are not worth a row.
  for (const [name, { ip }] of sessions) if (ip !== undefined && ended.delete(name)) sessions.delete(name)
  await putSessions(tx, [...sessions.values()])
  await endSessions(tx, [...ended.values()])
}

async function putDeletions(tx: TransactionSql, deletions: DeletionRecord[], sessions: Map<string, Of<'session'>>): Promise<void> {
  if (deletions.length === 0) return
  const rows = deletions.map((deletion) => {
    const { mailbox, session = '', at, serial, protocol } = deletion
    const known = sessions.get(nameOf({ mailbox, session }))
    const client = (deletion.client ?? known?.client)?.slice(0, LONGEST.client)
    return { mailbox, session, mail: mailOf(deletion), at, serial, protocol, client, ip: (deletion.ip ?? known?.ip)?.slice(0, LONGEST.ip) }
  })
  await tx`
    insert into trace_deletions (mailbox, mail, at, serial, protocol, client, ip)
    select d.mailbox, d.mail, d.at, d.serial, d.protocol, coalesce(d.client, s.client), coalesce(d.ip, s.ip)
    from json_to_recordset(${asJson(rows)}::text::json) as d
        (mailbox text, session text, mail bigint, at timestamptz, serial bigint, protocol text, client text, ip text)
      left join trace_sessions s on s.mailbox = d.mailbox and s.session = d.session
    on conflict do nothing`
}

async function putSessions(tx: TransactionSql, sessions: Of<'session'>[]): Promise<void> {
  if (sessions.length === 0) return
  await tx`
    insert into trace_sessions as s (mailbox, session, client, ip, at)
    select mailbox, session, left(client, ${LONGEST.client}::int), ip, at from json_to_recordset(${asJson(sessions)}::text::json)
      as r (mailbox text, session text, client text, ip text, at timestamptz)
    on conflict (mailbox, session) do update set client = coalesce(excluded.client, s.client), ip = coalesce(excluded.ip, s.ip)`
}

async function endSessions(tx: TransactionSql, ended: Of<'session end'>[]): Promise<void> {
  if (ended.length === 0) return
  await tx`
    delete from trace_sessions s using json_to_recordset(${asJson(ended)}::text::json) as r (mailbox text, session text)
    where s.mailbox = r.mailbox and s.session = r.session`
}

// A long deletion is logged at its end, and its mails were marked one after the other.
const MOST_APART = '10 minutes'

export async function readDeleters(sql: Sql, mailbox: string, mails: readonly DeletedMail[]): Promise<Map<string, Deleter>> {
  if (mails.length === 0) return new Map()
  const asked = mails.map(({ deletedAt: at, ...mail }, index) => ({ index, mail: mailOf(mail), at }))
  const rows = await sql<(Deleter & { index: number })[]>`
    select k.index, d.* from json_to_recordset(${asJson(asked)}::text::json) as k (index int, mail bigint, at timestamptz)
      cross join lateral (
        select client, ip, protocol from trace_deletions d
        -- Not as a range of times: each mail was deleted once or twice, whatever else was at that time.
        where d.mailbox = ${mailbox} and d.mail = k.mail
          and d.at - k.at between -${MOST_APART}::text::interval and ${MOST_APART}::text::interval
        order by greatest(d.at - k.at, k.at - d.at), d.serial limit 1) d`
  return new Map(rows.map(({ index, ...deleter }) => [(mails[index] as DeletedMail).id, deleter]))
}

const MOST_MASS_DELETIONS = 50

/** Of each client: any ten minutes with at least so many deletions, those that overlap taken together. Times are to the second. */
export async function readMassDeletions(sql: Sql, mailbox: string, since: Date, least: number): Promise<MassDeletion[]> {
  return sql<MassDeletion[]>`
    with moments as (
      select date_trunc('second', at) as at, client, ip, protocol, count(*) as mails from trace_deletions
      where mailbox = ${mailbox} and at >= ${since.toISOString()}::text::timestamptz group by 1, 2, 3, 4
    ), counted as (
      select *, sum(mails) over (partition by client, ip, protocol order by at) as until_now from moments
    ), ends as (
      select *, sum(mails) over w as within, first_value(at) over w as first, first_value(until_now - mails) over w as before from counted
      window w as (partition by client, ip, protocol order by at range between interval '10 minutes' preceding and current row)
    ), dense as (
      select *, (first > lag(at) over w) is not false as begins from ends where within >= ${least}
      window w as (partition by client, ip, protocol order by at)
    ), stretches as (
      select *, count(*) filter (where begins) over (partition by client, ip, protocol order by at) as stretch from dense
    )
    select min(first) as "from", max(at) as "to", (max(until_now) - min(before))::int as count, client, ip, protocol
    from stretches group by client, ip, protocol, stretch order by max(at) desc, client, ip limit ${MOST_MASS_DELETIONS}`
}

export async function readMailboxesWithDeletions(sql: Sql, since: Date, least: number): Promise<string[]> {
  const rows = await sql<{ mailbox: string }[]>`
    select mailbox from trace_deletions where at >= ${since.toISOString()}::text::timestamptz group by mailbox having count(*) >= ${least}`
  return rows.map(({ mailbox }) => mailbox)
}
