import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { appPasswords, mailAccounts } from '#db/schema/app-passwords.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { insertLinks, isUsedLink, useLink } from '#lib/platform/link-tokens.ts'
import { APP_PASSWORD_LINK } from '#lib/platform/new-app-password.ts'

const PROFILE_LIFE = '10 minutes'

export async function accountOf(db: Queryable, mailbox: AuthorizedMailbox): Promise<{ on: boolean; enabled: boolean }> {
  const [row] = await db
    .select({ on: mailAccounts.appPasswordsOn, enabled: mailAccounts.directoryEnabled })
    .from(mailAccounts)
    .where(eq(mailAccounts.mailbox, mailbox))
  return row ?? { on: false, enabled: true }
}

/** The app password of this mailbox that has this secret, also one that is revoked or expired. */
export async function appPasswordOf(db: Queryable, mailbox: AuthorizedMailbox, secret: string) {
  const hex = createHash('sha256').update(secret).digest('hex')
  const [row] = await db
    .select({
      name: appPasswords.name,
      protocols: appPasswords.protocols,
      revokedAt: appPasswords.revokedAt,
      expiresAt: appPasswords.expiresAt,
      expired: sql<boolean>`${appPasswords.expiresAt} <= now()`,
    })
    .from(appPasswords)
    .where(and(eq(appPasswords.mailbox, mailbox), sql`${appPasswords.digest} = app_password_digest(${mailbox}, ${hex})`))
  return row
}

export type AppPasswordRow = NonNullable<Awaited<ReturnType<typeof appPasswordOf>>>

/** Returns when it ends. What is to be made is written down, and no secret: there is none yet. */
export async function insertProfileLink(db: Queryable, mailbox: AuthorizedMailbox, token: string, wanted: string): Promise<Date> {
  await insertLinks(db, [{ purpose: APP_PASSWORD_LINK, mailbox, subject: wanted, token }], PROFILE_LIFE)
  const [row] = await db.execute<{ ends: string }>(sql`select now() + ${PROFILE_LIFE}::interval as ends`)
  return new Date(row?.ends ?? Number.NaN)
}

export const useProfileLink = (db: Queryable, token: string) => useLink(db, token, [APP_PASSWORD_LINK])
export const isTakenProfile = (db: Queryable, token: string) => isUsedLink(db, token, [APP_PASSWORD_LINK])
