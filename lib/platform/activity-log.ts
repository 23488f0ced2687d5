import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { auditLog } from '#db/schema/platform.ts'
import type { ActivityEntry } from './activity-entry.ts'
import type { AuthorizedMailbox } from './actor.ts'
import { networkOf } from './request.ts'
import { describeUserAgent } from './user-agent.ts'

/** One look by reference for each: as `not exists` Postgres would read the whole log once to have all outcomes at hand. */
const unresolved = sql`${auditLog.at} < now() - interval '1 minute'
  and (select o.seq from audit_log o where o.reference = ${auditLog.reference} and o.phase = 'outcome') is null`

/** Of the audit, what is an entry: outcomes, and intents of over a minute ago that never came to one. */
export const isEntry = sql`(${auditLog.phase} = 'outcome' or (${unresolved}))`

/** Newest first, in the order of the index. */
export async function activityOf(
  db: Queryable,
  mailbox: AuthorizedMailbox,
  { before, limit }: { before?: number; limit: number },
): Promise<ActivityEntry[]> {
  const rows = await db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.mailbox, mailbox), before === undefined ? undefined : lt(auditLog.seq, before), isEntry))
    .orderBy(desc(auditLog.seq))
    .limit(limit)
  return rows.map((row) => ({ ...entryOf(row), actor: { kind: row.actorKind, name: row.actorId, own: row.actorId === mailbox } }))
}

export function entryOf(row: typeof auditLog.$inferSelect): Omit<ActivityEntry, 'actor'> {
  return {
    id: row.seq,
    reference: row.reference,
    at: row.at,
    operation: row.operation,
    ip: row.ip,
    network: networkOf(row.ip),
    ...describeUserAgent(row.userAgent),
    detail: detailOf(row.detail),
    outcome: row.outcome ?? 'unknown',
    code: row.code,
  }
}

/** What somebody wrote into the table past the portal may be anything; it must not hide the rest (T47). */
function detailOf(text: string): ActivityEntry['detail'] {
  try {
    const detail = JSON.parse(text)
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return detail
  } catch {}
  return { unreadable: text.slice(0, 200) }
}
