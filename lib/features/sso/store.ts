import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { mailAccounts } from '#db/schema/app-passwords.ts'
import { identities, sessions } from '#db/schema/sso.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { sessionState } from '#lib/platform/session.ts'

export async function mailboxOf(db: Queryable, iss: string, sub: string): Promise<string | undefined> {
  const [row] = await db
    .select({ mailbox: identities.mailbox })
    .from(identities)
    .where(and(eq(identities.iss, iss), eq(identities.sub, sub)))
  return row?.mailbox
}

/** The first sign-in ties iss + sub to a mailbox for good; false when another person of this provider has it. */
export async function tieIdentity(db: Queryable, iss: string, sub: string, mailbox: string): Promise<boolean> {
  await db.insert(identities).values({ iss, sub, mailbox }).onConflictDoNothing()
  await db.insert(mailAccounts).values({ mailbox }).onConflictDoNothing()
  return (await mailboxOf(db, iss, sub)) === mailbox
}

/** A network from which nobody signed in to this mailbox for 90 days, though from elsewhere somebody did. */
export async function isUnusual(db: Queryable, mailbox: string, network: string | null): Promise<boolean> {
  const [row] = await db
    .select({
      known: sql<number>`count(*)::int`,
      here: sql<number>`(count(*) filter (where ${sessions.network} is not distinct from ${network}::text))::int`,
    })
    .from(sessions)
    .where(and(eq(sessions.mailbox, mailbox), sql`${sessions.createdAt} > now() - interval '90 days'`))
  return (row?.known ?? 0) > 0 && row?.here === 0
}

export function signInsOf(db: Queryable, mailbox: AuthorizedMailbox, limit: number) {
  return db
    .select({ row: sessions, live: sql<boolean>`${sessionState} = 'live'` })
    .from(sessions)
    .where(eq(sessions.mailbox, mailbox))
    .orderBy(desc(sessions.createdAt))
    .limit(limit)
}

export async function ownSession(db: Queryable, mailbox: AuthorizedMailbox, id: string) {
  const [row] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.mailbox, mailbox), eq(sessions.id, id)))
  return row
}

export async function markReviewed(db: Queryable, mailbox: AuthorizedMailbox, id: string): Promise<boolean> {
  const rows = await db
    .update(sessions)
    .set({ reviewedAt: sql`now()` })
    .where(and(eq(sessions.mailbox, mailbox), eq(sessions.id, id)))
    .returning({ id: sessions.id })
  return rows.length === 1
}

/** What the provider ended: one of its sessions, or all of a person. */
export async function endForProvider(db: Queryable, iss: string, by: { idpSession: string | null; sub: string | null }): Promise<string[]> {
  const which = by.idpSession ? eq(sessions.idpSession, by.idpSession) : eq(sessions.sub, by.sub ?? '')
  const rows = await db
    .update(sessions)
    .set({ endedAt: sql`now()`, endReason: 'provider' })
    .where(and(eq(sessions.iss, iss), which, isNull(sessions.endedAt)))
    .returning({ mailbox: sessions.mailbox })
  return rows.map((row) => row.mailbox)
}

/** Sign-ins are kept for 180 days. */
export async function forgetOldSignIns(db: Queryable): Promise<void> {
  await db.delete(sessions).where(sql`${sessions.createdAt} < now() - interval '180 days'`)
  await db.execute(sql`delete from sso_requests where created_at < now() - interval '1 hour'`)
}
