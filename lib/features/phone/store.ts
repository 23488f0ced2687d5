import { and, desc, eq, gt, gte, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { phoneFlows, phones } from '#db/schema/phone.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { endingIndex, phoneContext } from '#lib/platform/bound-phone.ts'
import { open } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { findLink, insertLinks, useLink } from '#lib/platform/link-tokens.ts'

export const TRIES_A_CODE = 5
const CODE_LIFE = sql`now() + interval '5 minutes'`

type NewFlow = Pick<typeof phoneFlows.$inferInsert, 'id' | 'kind' | 'numberCipher' | 'numberIndex' | 'country' | 'newCode' | 'oldCode'>

/** A new flow ends the one before: only the newest codes count. */
export async function insertFlow(db: Queryable, mailbox: AuthorizedMailbox, flow: NewFlow): Promise<void> {
  await db
    .update(phoneFlows)
    .set({ finishedAt: sql`now()` })
    .where(and(eq(phoneFlows.mailbox, mailbox), isNull(phoneFlows.finishedAt)))
  await db.insert(phoneFlows).values({ ...flow, mailbox, expiresAt: CODE_LIFE })
}

const openFlow = (mailbox: AuthorizedMailbox, id?: string) =>
  and(
    eq(phoneFlows.mailbox, mailbox),
    id ? eq(phoneFlows.id, id) : undefined,
    isNull(phoneFlows.finishedAt),
    gt(phoneFlows.expiresAt, sql`now()`),
  )

const TIMES = {
  expiresInSeconds: sql<number>`ceil(extract(epoch from ${phoneFlows.expiresAt} - now()))::int`,
  resendInSeconds: sql<number>`greatest(0, ceil(extract(epoch from ${phoneFlows.sentAt} + interval '60 seconds' - now())))::int`,
}

export async function currentFlow(db: Queryable, mailbox: AuthorizedMailbox, id?: string) {
  const [row] = await db
    .select({ flow: phoneFlows, ...TIMES })
    .from(phoneFlows)
    .where(and(openFlow(mailbox, id), lt(phoneFlows.attempts, TRIES_A_CODE)))
    .orderBy(desc(phoneFlows.createdAt))
    .limit(1)
  return row
}

/** Whether the flow has run out of tries before it ran out of time. */
export async function isExhausted(db: Queryable, mailbox: AuthorizedMailbox, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: phoneFlows.id })
    .from(phoneFlows)
    .where(and(openFlow(mailbox, id), gte(phoneFlows.attempts, TRIES_A_CODE)))
  return rows.length === 1
}

/** Counts a try before the code is looked at, so that parallel guesses cannot exceed the limit (T2). */
export async function countTry(db: Queryable, mailbox: AuthorizedMailbox, id: string) {
  const [row] = await db
    .update(phoneFlows)
    .set({ attempts: sql`${phoneFlows.attempts} + 1` })
    .where(and(openFlow(mailbox, id), lt(phoneFlows.attempts, TRIES_A_CODE)))
    .returning()
  return row
}

/** A resend brings new codes and a new life, never new tries. */
export async function renewCodes(
  db: Queryable,
  mailbox: AuthorizedMailbox,
  id: string,
  codes: { newCode: Uint8Array; oldCode: Uint8Array | null },
) {
  const rows = await db
    .update(phoneFlows)
    .set({ ...codes, sentAt: sql`now()`, expiresAt: CODE_LIFE })
    .where(and(openFlow(mailbox, id), lt(phoneFlows.attempts, TRIES_A_CODE)))
    .returning({ id: phoneFlows.id })
  return rows.length === 1
}

/** One winner among any number of right answers (T4). */
export async function finishFlow(db: Queryable, mailbox: AuthorizedMailbox, id: string): Promise<boolean> {
  const rows = await db.update(phoneFlows).set({ finishedAt: sql`now()` }).where(openFlow(mailbox, id)).returning({ id: phoneFlows.id })
  return rows.length === 1
}

/** How many other mailboxes have this number, or may get it back. The lock lasts to the end of the transaction, so that two cannot both be the third. */
export async function othersWithNumber(db: Queryable, mailbox: AuthorizedMailbox, index: Uint8Array): Promise<number> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('phone:' || encode(${index}, 'hex'), 0))`)
  const rows = await db
    .select({ mailbox: phones.mailbox })
    .from(phones)
    .where(and(or(eq(phones.numberIndex, index), mayComeBack(index)), ne(phones.mailbox, mailbox)))
  return rows.length
}

const mayComeBack = (index: Uint8Array) => and(eq(phones.previousIndex, index), gt(phones.coolingUntil, sql`now()`))

type Number = Pick<typeof phones.$inferInsert, 'numberCipher' | 'numberIndex' | 'endingIndex' | 'country'>

const cooling = () => sql`make_interval(hours => ${env().PHONE_COOLING_HOURS}::int)`

/** False while another is bound. After staff unbound one, the next cools off like a change: until then, or null (T11). */
export async function bindFirst(db: Queryable, mailbox: AuthorizedMailbox, number: Number): Promise<{ until: Date | null } | false> {
  const coolingUntil = sql`(select unbound_at + ${cooling()} from phone_unbindings where mailbox = ${mailbox} and unbound_at > now() - ${cooling()})`
  const [row] = await db
    .insert(phones)
    .values({ mailbox, ...number, coolingUntil })
    .onConflictDoNothing()
    .returning({ until: phones.coolingUntil })
  return row ?? false
}

/** Keeps the old number for the cooling-off (T11). Fails while one is running. */
export async function replaceNumber(db: Queryable, mailbox: AuthorizedMailbox, number: Number): Promise<Date | null> {
  const [row] = await db
    .update(phones)
    .set({
      ...number,
      boundAt: sql`now()`,
      coolingUntil: sql`now() + ${cooling()}`,
      previousCipher: sql`${phones.numberCipher}`,
      previousIndex: sql`${phones.numberIndex}`,
      previousEnding: sql`${phones.endingIndex}`,
      previousCountry: sql`${phones.country}`,
    })
    .where(and(eq(phones.mailbox, mailbox), sql`coalesce(${phones.coolingUntil} <= now(), true)`))
    .returning({ until: phones.coolingUntil })
  return row?.until ?? null
}

/** Puts the number before the change back; the cooling-off ends. */
export async function putBackNumber(db: Queryable, mailbox: string): Promise<boolean> {
  const rows = await db
    .update(phones)
    .set({
      numberCipher: sql`${phones.previousCipher}`,
      numberIndex: sql`${phones.previousIndex}`,
      endingIndex: sql`${phones.previousEnding}`,
      country: sql`${phones.previousCountry}`,
      coolingUntil: null,
      previousCipher: null,
      previousIndex: null,
      previousEnding: null,
      previousCountry: null,
    })
    .where(and(eq(phones.mailbox, mailbox), gt(phones.coolingUntil, sql`now()`), sql`${phones.previousCipher} is not null`))
    .returning({ mailbox: phones.mailbox })
  return rows.length === 1
}

const CANCEL = 'phone.cancel-change'

export const insertCancelLink = (db: Queryable, mailbox: AuthorizedMailbox, token: string): Promise<void> =>
  insertLinks(db, [{ token, purpose: CANCEL, mailbox }], `${env().PHONE_COOLING_HOURS} hours`)
export const useCancelLink = async (db: Queryable, token: string) => (await useLink(db, token, [CANCEL]))?.mailbox
export const isCancelLink = async (db: Queryable, token: string) => (await findLink(db, token, [CANCEL])) !== undefined

/** What retention leaves of the flows: nothing after 24 hours. Old numbers go when the cooling-off is over. */
export async function forgetOldNumbers(db: Queryable): Promise<void> {
  await db.delete(phoneFlows).where(lt(phoneFlows.createdAt, sql`now() - interval '24 hours'`))
  await db
    .update(phones)
    .set({ previousCipher: null, previousIndex: null, previousEnding: null, previousCountry: null, coolingUntil: null })
    .where(lt(phones.coolingUntil, sql`now()`))
}

const BATCH = 500

/** Numbers that were bound before staff could search by their ending. */
export async function indexEndings(db: Queryable): Promise<void> {
  for (;;) {
    const rows = await db
      .select({ mailbox: phones.mailbox, cipher: phones.numberCipher, index: phones.numberIndex })
      .from(phones)
      .where(isNull(phones.endingIndex))
      .limit(BATCH)
    for (const { mailbox, cipher, index } of rows) {
      await db
        .update(phones)
        .set({ endingIndex: endingIndex(open(cipher, phoneContext(mailbox))) })
        .where(and(eq(phones.mailbox, mailbox), eq(phones.numberIndex, index)))
    }
    if (rows.length < BATCH) return
  }
}
