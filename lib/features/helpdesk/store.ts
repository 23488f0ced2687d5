import { and, count, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { appPasswords, mailAccounts } from '#db/schema/app-passwords.ts'
import { callerCodes, staffRequests } from '#db/schema/helpdesk.ts'
import { phones } from '#db/schema/phone.ts'
import { sessions } from '#db/schema/sso.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { endingIndex, phoneContext } from '#lib/platform/bound-phone.ts'
import { blindIndex, open } from '#lib/platform/crypto.ts'
import { sessionState } from '#lib/platform/session.ts'

export const TRIES_A_CODE = 5
export const CODE_MINUTES = 5
const CODE_LIFE = sql`now() + make_interval(mins => ${CODE_MINUTES}::int)`

const numberOf = ({ mailbox, cipher }: { mailbox: string; cipher: Uint8Array }) => open(cipher, phoneContext(mailbox))
const bound = (db: Queryable) => db.select({ mailbox: phones.mailbox, cipher: phones.numberCipher }).from(phones)

/** Whose bound number ends in these four digits. */
export async function mailboxesByEnding(db: Queryable, digits: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ mailbox: phones.mailbox })
    .from(phones)
    .where(eq(phones.endingIndex, endingIndex(digits)))
    .limit(limit)
  return rows.map(({ mailbox }) => mailbox)
}

/** Whose bound number this is, in E.164. */
export async function mailboxesByNumber(db: Queryable, number: string): Promise<string[]> {
  return (await bound(db).where(eq(phones.numberIndex, blindIndex(number)))).map(({ mailbox }) => mailbox)
}

export async function phoneNumbers(db: Queryable, mailboxes: string[]): Promise<Map<string, string>> {
  const rows = mailboxes.length > 0 ? await bound(db).where(inArray(phones.mailbox, mailboxes)) : []
  return new Map(rows.map((row) => [row.mailbox, numberOf(row)]))
}

/** A new code ends the one before, and brings no new tries while that one would have lived (T2). */
export async function keepCode(tx: Queryable, mailbox: AuthorizedMailbox, agent: string, id: string, code: Uint8Array): Promise<void> {
  const attempts = sql`case when ${callerCodes.expiresAt} > now() then ${callerCodes.attempts} else 0 end`
  await tx
    .insert(callerCodes)
    .values({ mailbox, agent, id, code, expiresAt: CODE_LIFE })
    .onConflictDoUpdate({
      target: [callerCodes.mailbox, callerCodes.agent],
      set: { id, code, attempts, sentAt: sql`now()`, expiresAt: CODE_LIFE },
    })
}

const ofAgent = (mailbox: AuthorizedMailbox, agent: string) => and(eq(callerCodes.mailbox, mailbox), eq(callerCodes.agent, agent))

/** Counts a try before the code is looked at, so that parallel guesses cannot exceed the limit (T2). */
export async function countTry(db: Queryable, mailbox: AuthorizedMailbox, agent: string) {
  const [row] = await db
    .update(callerCodes)
    .set({ attempts: sql`${callerCodes.attempts} + 1` })
    .where(and(ofAgent(mailbox, agent), gt(callerCodes.expiresAt, sql`now()`), lt(callerCodes.attempts, TRIES_A_CODE)))
    .returning()
  return row
}

/** One winner among any number of right answers (T4). */
export async function takeCode(tx: Queryable, mailbox: AuthorizedMailbox, agent: string, code: Uint8Array): Promise<boolean> {
  const rows = await tx
    .update(callerCodes)
    .set({ code: null })
    .where(and(ofAgent(mailbox, agent), eq(callerCodes.code, code), gt(callerCodes.expiresAt, sql`now()`)))
    .returning({ id: callerCodes.id })
  return rows.length === 1
}

export async function appPasswordsOf(db: Queryable, mailbox: AuthorizedMailbox): Promise<{ on: boolean; active: number }> {
  const [account] = await db.select({ on: mailAccounts.appPasswordsOn }).from(mailAccounts).where(eq(mailAccounts.mailbox, mailbox))
  const living = and(eq(appPasswords.mailbox, mailbox), isNull(appPasswords.revokedAt), gt(appPasswords.expiresAt, sql`now()`))
  const [row] = await db.select({ active: count() }).from(appPasswords).where(living)
  return { on: account?.on ?? false, active: row?.active ?? 0 }
}

export const signInsOf = (db: Queryable, mailbox: AuthorizedMailbox, limit: number) =>
  db
    .select({ row: sessions, live: sql<boolean>`${sessionState} = 'live'` })
    .from(sessions)
    .where(eq(sessions.mailbox, mailbox))
    .orderBy(desc(sessions.createdAt))
    .limit(limit)

export async function liveSessions(db: Queryable, mailbox: AuthorizedMailbox): Promise<number> {
  const [row] = await db
    .select({ live: count() })
    .from(sessions)
    .where(and(eq(sessions.mailbox, mailbox), sql`${sessionState} = 'live'`))
  return row?.live ?? 0
}

export const newestRequests = (db: Queryable, mailbox: AuthorizedMailbox, limit: number) =>
  db.select().from(staffRequests).where(eq(staffRequests.mailbox, mailbox)).orderBy(desc(staffRequests.createdAt)).limit(limit)
