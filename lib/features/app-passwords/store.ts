import { and, eq, gt, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { appPasswords, mailAccounts } from '#db/schema/app-passwords.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { dropLinks } from '#lib/platform/link-tokens.ts'
import { APP_PASSWORD_LINK } from '#lib/platform/new-app-password.ts'

const active = and(isNull(appPasswords.revokedAt), gt(appPasswords.expiresAt, sql`now()`))

export async function isSwitchedOn(db: Queryable, mailbox: AuthorizedMailbox): Promise<boolean> {
  const [row] = await db.select({ on: mailAccounts.appPasswordsOn }).from(mailAccounts).where(eq(mailAccounts.mailbox, mailbox))
  return row?.on ?? false
}

/** False when it stood so already. */
export async function setSwitch(db: Queryable, mailbox: AuthorizedMailbox, on: boolean): Promise<boolean> {
  const changed = await db
    .insert(mailAccounts)
    .values({ mailbox, appPasswordsOn: on })
    .onConflictDoUpdate({ target: mailAccounts.mailbox, set: { appPasswordsOn: on }, setWhere: ne(mailAccounts.appPasswordsOn, on) })
    .returning({ mailbox: mailAccounts.mailbox })
  return changed.length === 1
}

/** Not revoked; an expired one is shown for 30 days more. */
export function listOf(db: Queryable, mailbox: AuthorizedMailbox) {
  return db
    .select({ row: appPasswords, daysLeft: sql<number>`floor(extract(epoch from ${appPasswords.expiresAt} - now()) / 86400)::int` })
    .from(appPasswords)
    .where(
      and(eq(appPasswords.mailbox, mailbox), isNull(appPasswords.revokedAt), gt(appPasswords.expiresAt, sql`now() - interval '30 days'`)),
    )
    .orderBy(appPasswords.expiresAt, appPasswords.id)
}

export const dropProfileLinks = (db: Queryable, mailbox: AuthorizedMailbox) => dropLinks(db, mailbox, APP_PASSWORD_LINK)

/** Revokes one, or all; returns what was revoked just now. */
export function revoke(db: Queryable, mailbox: AuthorizedMailbox, id?: string) {
  return db
    .update(appPasswords)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(appPasswords.mailbox, mailbox), id ? eq(appPasswords.id, id) : undefined, isNull(appPasswords.revokedAt)))
    .returning({ id: appPasswords.id, name: appPasswords.name })
}

/** The mailboxes whose app passwords have expired and were used: their open mail sessions are still to be ended, once. */
export async function takeExpired(db: Queryable): Promise<string[]> {
  const rows = await db
    .update(appPasswords)
    .set({ sessionsEndedAt: sql`now()` })
    .where(and(lte(appPasswords.expiresAt, sql`now()`), isNull(appPasswords.revokedAt), isNull(appPasswords.sessionsEndedAt)))
    .returning({ mailbox: appPasswords.mailbox, lastUsedAt: appPasswords.lastUsedAt })
  return [...new Set(rows.filter((row) => row.lastUsedAt).map((row) => row.mailbox))]
}

/** Those whose 7th or last day has begun and of which this was not yet told. */
export async function takeExpiring(db: Queryable, days: 7 | 1) {
  return db
    .update(appPasswords)
    .set({ noticedDays: days })
    .where(
      and(
        active,
        lt(appPasswords.expiresAt, sql`now() + make_interval(days => ${days}::int)`),
        or(isNull(appPasswords.noticedDays), gt(appPasswords.noticedDays, days)),
        // One that never had more than that to live needs no reminder.
        gt(sql`${appPasswords.expiresAt} - ${appPasswords.createdAt}`, sql`make_interval(days => ${days}::int + 1)`),
      ),
    )
    .returning({ mailbox: appPasswords.mailbox, name: appPasswords.name, expiresAt: appPasswords.expiresAt })
}

/** A page of the mailboxes that have a working app password, by address. */
export async function mailboxesInUse(db: Queryable, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ mailbox: appPasswords.mailbox })
    .from(appPasswords)
    .where(and(active, gt(appPasswords.mailbox, after)))
    .orderBy(appPasswords.mailbox)
    .limit(limit)
  return rows.map((row) => row.mailbox)
}

/** Takes over which of these mailboxes the directory lets be used. Returns those that were closed just now. */
export async function setDirectoryEnabled(db: Queryable, mailboxes: string[], enabled: Set<string>): Promise<string[]> {
  const on = mailboxes.filter((mailbox) => enabled.has(mailbox))
  const off = mailboxes.filter((mailbox) => !enabled.has(mailbox))
  if (on.length > 0) {
    await db
      .update(mailAccounts)
      .set({ directoryEnabled: true })
      .where(and(inArray(mailAccounts.mailbox, on), eq(mailAccounts.directoryEnabled, false)))
  }
  if (off.length === 0) return []
  const closed = await db
    .update(mailAccounts)
    .set({ directoryEnabled: false })
    .where(and(inArray(mailAccounts.mailbox, off), eq(mailAccounts.directoryEnabled, true)))
    .returning({ mailbox: mailAccounts.mailbox })
  return closed.map((row) => row.mailbox)
}
