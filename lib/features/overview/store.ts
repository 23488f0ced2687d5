import { and, asc, desc, eq, gt, isNull, notExists, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { appPasswords, mailAccounts } from '#db/schema/app-passwords.ts'
import { massDeletions, restoreJobs } from '#db/schema/restore.ts'
import { sessions } from '#db/schema/sso.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'

export function activeAppPasswords(db: Queryable, mailbox: AuthorizedMailbox) {
  const { id, name, expiresAt } = appPasswords
  return db
    .select({ id, name, expiresAt, daysLeft: sql<number>`floor(extract(epoch from ${expiresAt} - now()) / 86400)::int` })
    .from(appPasswords)
    .where(and(eq(appPasswords.mailbox, mailbox), isNull(appPasswords.revokedAt), gt(expiresAt, sql`now()`)))
    .orderBy(asc(expiresAt))
}

export async function appPasswordsOn(db: Queryable, mailbox: AuthorizedMailbox): Promise<boolean> {
  const [row] = await db.select({ on: mailAccounts.appPasswordsOn }).from(mailAccounts).where(eq(mailAccounts.mailbox, mailbox))
  return row?.on ?? false
}

export function recentSignIns(db: Queryable, mailbox: AuthorizedMailbox, limit: number) {
  return db.select().from(sessions).where(eq(sessions.mailbox, mailbox)).orderBy(desc(sessions.createdAt)).limit(limit)
}

/** Unusual, not yet answered for, and of the last 30 days. */
export function unansweredSignIns(db: Queryable, mailbox: AuthorizedMailbox) {
  return db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.mailbox, mailbox),
        eq(sessions.unusual, true),
        isNull(sessions.reviewedAt),
        sql`${sessions.createdAt} > now() - interval '30 days'`,
      ),
    )
    .orderBy(desc(sessions.createdAt))
    .limit(5)
}

/** The newest one that can still be undone, unless something was restored since. */
export async function unansweredMassDeletion(db: Queryable, mailbox: AuthorizedMailbox) {
  const { from, to, count, client } = massDeletions
  const [row] = await db
    .select({ from, to, count, client, until: sql`${from} + interval '7 days'`.mapWith(from) })
    .from(massDeletions)
    .where(
      and(
        eq(massDeletions.mailbox, mailbox),
        gt(from, sql`now() - interval '7 days'`),
        notExists(
          db
            .select({ id: restoreJobs.id })
            .from(restoreJobs)
            .where(and(eq(restoreJobs.mailbox, mailbox), gt(restoreJobs.createdAt, to))),
        ),
      ),
    )
    .orderBy(desc(to))
    .limit(1)
  return row ?? null
}
