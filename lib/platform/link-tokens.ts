import { and, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { linkTokens } from '#db/schema/platform.ts'
import { sha256 } from './crypto.ts'

/** What a link from a mail does, to whose mailbox, and on what. Only the token's SHA-256 is kept (T39). */
export interface Link {
  /** `capability.verb` */
  purpose: string
  mailbox: string
  subject: string | null
}

/** `life` is a Postgres interval, by the database's clock (F11). A link that is there already stays as it is. */
export async function insertLinks(db: Queryable, links: (Omit<Link, 'subject'> & { subject?: string; token: string })[], life: string) {
  const expiresAt = sql`now() + ${life}::interval`
  const rows = links.map(({ token, ...link }) => ({ ...link, tokenHash: sha256(token), expiresAt }))
  await db.insert(linkTokens).values(rows).onConflictDoNothing()
}

/** A link that can still be followed. Looking changes nothing. */
export async function findLink(db: Queryable, token: string, purposes: string[]): Promise<Link | undefined> {
  const [link] = await db
    .select(LINK)
    .from(linkTokens)
    .where(and(living(token, purposes), isNull(linkTokens.usedAt)))
  return link
}

/** Uses it up: of any number who try, one gets it. A transaction that is rolled back gives it back. */
export async function useLink(db: Queryable, token: string, purposes: string[]): Promise<Link | undefined> {
  const [link] = await db
    .update(linkTokens)
    .set({ usedAt: sql`now()` })
    .where(and(living(token, purposes), isNull(linkTokens.usedAt)))
    .returning(LINK)
  return link
}

/** What was not followed yet leads nowhere from here on; one that is being followed just now comes first. */
export const dropLinks = (db: Queryable, mailbox: string, purpose: string) =>
  db.delete(linkTokens).where(and(eq(linkTokens.mailbox, mailbox), eq(linkTokens.purpose, purpose), isNull(linkTokens.usedAt)))

/** Whether it has been followed, and would still live. */
export async function isUsedLink(db: Queryable, token: string, purposes: string[]): Promise<boolean> {
  const rows = await db
    .select(LINK)
    .from(linkTokens)
    .where(and(living(token, purposes), isNotNull(linkTokens.usedAt)))
  return rows.length === 1
}

const LINK = { purpose: linkTokens.purpose, mailbox: linkTokens.mailbox, subject: linkTokens.subject }
const living = (token: string, purposes: string[]) =>
  and(eq(linkTokens.tokenHash, sha256(token)), inArray(linkTokens.purpose, purposes), gt(linkTokens.expiresAt, sql`now()`))
