import { and, asc, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { auditLog } from '#db/schema/platform.ts'
import { entryOf, isEntry } from '#lib/platform/activity-log.ts'
import { env } from '#lib/platform/env.ts'
import type { AuditEntry, Narrowed } from './schema.ts'

type Reader = Pick<Queryable, 'select'>

/** Few beside all others: noted by the database as they come and go (0027_open_entries.sql). */
const isOpen = sql`${auditLog.seq} in (select seq from audit_open)`

/** Each of them leads an index of its own that goes on in the order of the list (0024_audit_view.sql). */
const equal = ({ actor, account, operation, outcome, reference }: Narrowed) => [
  actor === undefined ? undefined : eq(auditLog.actorId, actor),
  account === undefined ? undefined : eq(auditLog.mailbox, account),
  operation === undefined ? undefined : eq(auditLog.operation, operation),
  outcome === undefined ? undefined : outcome === 'unknown' ? isOpen : eq(auditLog.outcome, outcome),
  reference === undefined ? undefined : eq(auditLog.reference, reference),
]

/** As it stands in the JSON of an entry. */
const ofTicket = (ticket: string): SQL => sql`
  detail like '%"ticket":"%' and substring(detail from '"ticket":"([^"]*)"') = ${JSON.stringify(ticket).slice(1, -1)}`

/**
 * Numbers grow as time does, so that days are a range of them: the hours know at which number each began, and nothing outside of the
 * range is read. `is true` keeps the index of times out of it, which would read the whole range and sort it.
 */
function between({ from, to }: Narrowed): (SQL | undefined)[] {
  const zone = env().TIME_ZONE
  const start = sql`(${from ?? ''}::date::timestamp at time zone ${zone}::text)`
  const end = sql`((${to ?? ''}::date + 1)::timestamp at time zone ${zone}::text)`
  return [
    from === undefined
      ? undefined
      : sql`(at >= ${start}) is true and seq >= coalesce((select first_seq from audit_hours where hour <= ${start} order by hour desc limit 1), 0)`,
    to === undefined
      ? undefined
      : sql`(at < ${end}) is true and seq < coalesce((select first_seq from audit_hours where hour >= ${end} order by hour limit 1), 9223372036854775807)`,
  ]
}

type Wanted = Narrowed & { before?: number; limit: number }

export const entriesOf = async (db: Reader, wanted: Wanted): Promise<AuditEntry[]> => (await newestFirst(db, wanted)).map(toEntry)

export function newestFirst(db: Reader, wanted: Wanted) {
  const { ticket, before, limit } = wanted
  return db
    .select()
    .from(auditLog)
    .where(
      and(
        ...equal(wanted),
        ...between(wanted),
        ticket === undefined ? undefined : ofTicket(ticket),
        before === undefined ? undefined : lt(auditLog.seq, before),
        isEntry,
      ),
    )
    .orderBy(desc(auditLog.seq))
    .limit(limit)
}

/** An operation under way has an intent alone, and is shown too. */
export async function entryRows(db: Reader, reference: string) {
  const rows = await db.select().from(auditLog).where(eq(auditLog.reference, reference)).orderBy(asc(auditLog.seq))
  const newest = rows.at(-1)
  return newest && { entry: toEntry(newest), rows }
}

function toEntry(row: typeof auditLog.$inferSelect): AuditEntry {
  return {
    ...entryOf(row),
    actor: { kind: row.actorKind, id: row.actorId, roles: row.actorRole?.split(',') ?? [] },
    mailbox: row.mailbox,
    userAgent: row.userAgent,
  }
}
