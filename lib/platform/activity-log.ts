import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { auditLog } from '#db/schema/platform.ts'
import type { ActivityEntry } from './activity-entry.ts'
import type { AuthorizedMailbox } from './actor.ts'
import { networkOf } from './request.ts'
import { describeUserAgent } from './user-agent.ts'

/** Outcomes, and intents of over a minute ago that never came to one; newest first, in the order of the index. */
export async function activityOf(
  db: Queryable,
  mailbox: AuthorizedMailbox,
  { before, limit }: { before?: number; limit: number },
): Promise<ActivityEntry[]> {
  const unresolved = sql`${auditLog.at} < now() - interval '1 minute' and not exists (
    select from audit_log o where o.reference = ${auditLog.reference} and o.phase = 'outcome')`
  const rows = await db
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.mailbox, mailbox),
        before === undefined ? undefined : lt(auditLog.seq, before),
        sql`(${auditLog.phase} = 'outcome' or (${unresolved}))`,
      ),
    )
    .orderBy(desc(auditLog.seq))
    .limit(limit)
  return rows.map((row) => toEntry(row, mailbox))
}

function toEntry(row: typeof auditLog.$inferSelect, mailbox: string): ActivityEntry {
  return {
    id: row.seq,
    reference: row.reference,
    at: row.at,
    operation: row.operation,
    actor: { kind: row.actorKind as ActivityEntry['actor']['kind'], name: row.actorId, own: row.actorId === mailbox },
    ip: row.ip,
    network: networkOf(row.ip),
    ...describeUserAgent(row.userAgent),
    detail: JSON.parse(row.detail),
    outcome: row.outcome ?? 'unknown',
    code: row.code,
  }
}
