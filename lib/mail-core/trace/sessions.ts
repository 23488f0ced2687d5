import type { TransactionSql } from 'postgres'
import type { TraceRecord } from './record.ts'
import { asJson } from './sql-json.ts'

type FolderRecord = Extract<TraceRecord, { kind: 'folder' }>

/** A recipient's row, and the folder that it is in. */
export interface Delivered {
  id: string
  mailbox: string
  folder: string
}

interface Session {
  mailbox: string
  session: string
}

const nameOf = ({ mailbox, session }: Session) => `${session} ${mailbox}`
const DAY_MS = 86_400_000
// Postfix gives up after five days (maximal_queue_lifetime).
const LONGEST_WAY_MS = 7 * DAY_MS

/**
 * Postfix's log names the mail and the LMTP session of its delivery, Dovecot's the session and the folder. Returns the recipients whose
 * folder is known now; a folder that is told first waits.
 */
export async function joinFolders(tx: TransactionSql, records: readonly TraceRecord[]): Promise<Delivered[]> {
  const folders = new Map<string, FolderRecord & Session>()
  const deliveries = new Map<string, Session & { id: string }>()
  for (const record of records) {
    if (record.kind === 'folder') {
      const session = { ...record, session: record.lmtpSession }
      folders.set(nameOf(session), session)
    } else if (record.kind === 'recipient' && record.lmtpSession) {
      const session = { id: record.id, mailbox: record.mailbox, session: record.lmtpSession }
      deliveries.set(nameOf(session), session)
    }
  }
  const joined: Delivered[] = []
  for (const [name, delivery] of deliveries) {
    const found = folders.get(name)
    if (!found) continue
    joined.push({ ...delivery, folder: found.folder })
    folders.delete(name)
    deliveries.delete(name)
  }
  if (folders.size + deliveries.size === 0) return joined
  // Both logs are read at once: whoever comes second has to see what the first one has written.
  await tx`select pg_advisory_xact_lock(hashtextextended('trace_folders', 0))`
  return [...joined, ...(await deliveriesOf(tx, folders)), ...(await foldersOf(tx, [...deliveries.values()]))]
}

async function deliveriesOf(tx: TransactionSql, folders: Map<string, FolderRecord & Session>): Promise<Delivered[]> {
  if (folders.size === 0) return []
  const times = [...folders.values()].map(({ at }) => at.getTime())
  const [since, until] = [Math.min(...times) - LONGEST_WAY_MS, Math.max(...times) + DAY_MS].map((ms) => new Date(ms).toISOString())
  const rows = await tx<(Session & { id: string })[]>`
    select f.mailbox, f.session, r.queue_id as id from json_to_recordset(${asJson([...folders.values()])}::text::json) as f (mailbox text, session text)
      cross join lateral (
        select queue_id from trace_recipients t
        where t.mailbox = f.mailbox and t.lmtp_session = f.session and t.folder is null
          and t.arrived_at >= ${since as string}::text::timestamptz and t.arrived_at < ${until as string}::text::timestamptz limit 1) r`
  const found = rows.map((row) => {
    const { folder } = folders.get(nameOf(row)) as FolderRecord
    folders.delete(nameOf(row))
    return { id: row.id, mailbox: row.mailbox, folder }
  })
  await tx`
    insert into trace_folders (mailbox, lmtp_session, folder, at)
    select mailbox, session, folder, at from json_to_recordset(${asJson([...folders.values()])}::text::json)
      as f (mailbox text, session text, folder text, at timestamptz)
    on conflict do nothing`
  return found
}

async function foldersOf(tx: TransactionSql, deliveries: (Session & { id: string })[]): Promise<Delivered[]> {
  if (deliveries.length === 0) return []
  return tx<Delivered[]>`
    delete from trace_folders f using json_to_recordset(${asJson(deliveries)}::text::json) as d (id text, mailbox text, session text)
    where f.mailbox = d.mailbox and f.lmtp_session = d.session
    returning d.id, f.mailbox, f.folder`
}
