import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { auditLog } from '#db/schema/platform.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'

/** Outcomes, and intents of over a minute ago that never came to one; newest first, in the order of the index. */
export function entriesOf(db: Queryable, mailbox: AuthorizedMailbox, { before, limit }: { before?: number; limit: number }) {
  const unresolved = sql`${auditLog.at} < now() - interval '1 minute' and not exists (
    select from audit_log o where o.reference = ${auditLog.reference} and o.phase = 'outcome')`
  return db
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
}
