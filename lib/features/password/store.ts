import { count, eq, max, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { passwordExpiryNotices, recoveryCodes } from '#db/schema/password.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'

export async function recoveryCodesOf(db: Queryable, mailbox: AuthorizedMailbox) {
  const [row] = await db
    .select({
      made: count(),
      left: sql<number>`count(*) filter (where ${recoveryCodes.usedBy} is null)::int`,
      madeAt: max(recoveryCodes.createdAt),
    })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.mailbox, mailbox))
  return row?.madeAt ? { left: row.left, made: row.made, madeAt: row.madeAt } : null
}

/** The new ones take the place of all before. */
export async function replaceRecoveryCodes(db: Queryable, mailbox: AuthorizedMailbox, digests: Uint8Array[]): Promise<Date> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('recovery:' || ${mailbox}, 0))`)
  await db.delete(recoveryCodes).where(eq(recoveryCodes.mailbox, mailbox))
  const [row] = await db
    .insert(recoveryCodes)
    .values(digests.map((digest) => ({ mailbox, digest })))
    .returning({ madeAt: recoveryCodes.createdAt })
  if (!row) throw new Error('no recovery code row')
  return row.madeAt
}

/** Which of these expiries are told `days` ahead just now, for the first time. */
export async function takeExpiring(db: Queryable, expiring: { address: string; expiresAt: Date }[], days: number): Promise<string[]> {
  if (expiring.length === 0) return []
  const rows = await db
    .insert(passwordExpiryNotices)
    .values(expiring.map(({ address, expiresAt }) => ({ mailbox: address, expiresAt, days })))
    .onConflictDoNothing()
    .returning({ mailbox: passwordExpiryNotices.mailbox })
  return rows.map(({ mailbox }) => mailbox)
}

export async function forgetExpiryNotices(db: Queryable): Promise<void> {
  await db.delete(passwordExpiryNotices).where(sql`${passwordExpiryNotices.expiresAt} < now() - interval '1 day'`)
}
