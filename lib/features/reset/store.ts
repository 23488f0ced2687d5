import { and, eq, gt, inArray, isNull, lt, lte, ne, notExists, or, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { passwordChanges, recoveryCodes } from '#db/schema/password.ts'
import { resetFlows, resetPasses } from '#db/schema/reset.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { sha256 } from '#lib/platform/crypto.ts'
import type { Locale } from '#lib/platform/i18n/locale.ts'
import type { Proof } from './schema.ts'

export const TRIES_A_FLOW = 5
const FLOW_LIFE = sql`interval '30 minutes'`
const PROVED_LIFE = sql`interval '10 minutes'`
/** Whoever asks sooner waits: how long an account took to be looked up tells nobody whether there is one (T1). */
const LOOK_UP_TIME = sql`interval '1 second'`

export type Flow = typeof resetFlows.$inferSelect

interface NewFlow {
  token: string
  account: string
  by: 'text' | 'pass'
  locale: Locale
}

export async function insertFlow(db: Queryable, { token, ...values }: NewFlow): Promise<string> {
  const [row] = await db
    .insert(resetFlows)
    .values({ ...values, tokenHash: sha256(token) })
    .returning({ id: resetFlows.id })
  if (!row) throw new Error('no flow row')
  return row.id
}

const open = and(
  isNull(resetFlows.finishedAt),
  or(
    and(isNull(resetFlows.provedAt), sql`${resetFlows.createdAt} > now() - ${FLOW_LIFE}`),
    sql`${resetFlows.provedAt} > now() - ${PROVED_LIFE}`,
  ),
)

/** The flow of this browser, while it lives. */
export async function flowOf(db: Queryable, token: string) {
  const [row] = await db
    .select({
      flow: resetFlows,
      readyInMilliseconds: sql<number>`greatest(0, ceil(extract(epoch from ${resetFlows.sentAt} + ${LOOK_UP_TIME} - now()) * 1000))::int`,
      resendInSeconds: sql<number>`greatest(0, ceil(extract(epoch from ${resetFlows.sentAt} + interval '60 seconds' - now())))::int`,
      expiresInSeconds: sql<number>`ceil(extract(epoch from coalesce(${resetFlows.provedAt} + ${PROVED_LIFE}, ${resetFlows.createdAt} + ${FLOW_LIFE}) - now()))::int`,
    })
    .from(resetFlows)
    .where(and(eq(resetFlows.tokenHash, sha256(token)), open))
  return row
}

/** What the job has still to look up; undefined when the flow is over. */
export async function flowToLookUp(db: Queryable, id: string): Promise<Flow | undefined> {
  const [flow] = await db
    .select()
    .from(resetFlows)
    .where(and(eq(resetFlows.id, id), isNull(resetFlows.provedAt), open))
  return flow
}

export const setLookedUp = async (db: Queryable, id: string, mailbox: string | null): Promise<void> =>
  void (await db.update(resetFlows).set({ mailbox, lookedUpAt: sql`now()` }).where(eq(resetFlows.id, id)))

/** One code for each request, however often its job runs. */
export async function keepCode(db: Queryable, id: string, mailbox: string, code: Uint8Array): Promise<boolean> {
  const rows = await db
    .update(resetFlows)
    .set({ mailbox, code, lookedUpAt: sql`now()`, codeUntil: sql`now() + interval '5 minutes'`, codeFor: sql`${resetFlows.sentAt}` })
    .where(and(eq(resetFlows.id, id), sql`${resetFlows.codeFor} is distinct from ${resetFlows.sentAt}`))
    .returning({ id: resetFlows.id })
  return rows.length === 1
}

/** Asks for another text in the same flow; what was tried still counts (T2). */
export async function askAgain(db: Queryable, id: string): Promise<void> {
  await db.update(resetFlows).set({ by: 'text', sentAt: sql`now()` }).where(eq(resetFlows.id, id))
}

/** Counts a try before the code is looked at, so that parallel guesses cannot exceed the limit (T2). */
export async function countTry(db: Queryable, id: string): Promise<Flow | undefined> {
  const [row] = await db
    .update(resetFlows)
    .set({ attempts: sql`${resetFlows.attempts} + 1` })
    .where(and(eq(resetFlows.id, id), isNull(resetFlows.provedAt), lt(resetFlows.attempts, TRIES_A_FLOW), open))
    .returning()
  return row
}

/** Takes the code of the text; one winner (T4). */
export async function takeCode(db: Queryable, id: string, code: Uint8Array): Promise<boolean> {
  const rows = await db
    .update(resetFlows)
    .set({ code: null })
    .where(and(eq(resetFlows.id, id), eq(resetFlows.code, code), gt(resetFlows.codeUntil, sql`now()`)))
    .returning({ id: resetFlows.id })
  return rows.length === 1
}

export async function takeRecoveryCode(db: Queryable, flow: string, mailbox: string, digest: Uint8Array): Promise<boolean> {
  const rows = await db
    .update(recoveryCodes)
    .set({ usedBy: flow })
    .where(and(unusedCode(mailbox, digest), lte(recoveryCodes.createdAt, sql`now() - interval '72 hours'`)))
    .returning({ mailbox: recoveryCodes.mailbox })
  return rows.length === 1
}

/** A right one of the last 72 hours: a stolen session, too, can make some, and gets nothing for so long (T11). */
export async function isYoungRecoveryCode(db: Queryable, mailbox: string, digest: Uint8Array): Promise<boolean> {
  const rows = await db.select({ mailbox: recoveryCodes.mailbox }).from(recoveryCodes).where(unusedCode(mailbox, digest))
  return rows.length === 1
}

const unusedCode = (mailbox: string, digest: Uint8Array) =>
  and(eq(recoveryCodes.mailbox, mailbox), eq(recoveryCodes.digest, digest), isNull(recoveryCodes.usedBy))

export async function takePass(db: Queryable, flow: string, mailbox: string, digest: Uint8Array): Promise<boolean> {
  const rows = await db
    .update(resetPasses)
    .set({ usedBy: flow })
    .where(
      and(
        eq(resetPasses.mailbox, mailbox),
        eq(resetPasses.digest, digest),
        isNull(resetPasses.usedBy),
        isNull(resetPasses.replacedAt),
        gt(resetPasses.expiresAt, sql`now()`),
      ),
    )
    .returning({ id: resetPasses.id })
  return rows.length === 1
}

/** Adds a proof of another kind; with enough of them the flow is proved. False when this kind is there, or the flow is over. */
export async function addProof(db: Queryable, id: string, proof: Proof, needed: number): Promise<boolean> {
  const rows = await db
    .update(resetFlows)
    .set({
      proofs: sql`array_append(${resetFlows.proofs}, ${proof})`,
      provedAt: sql`case when cardinality(${resetFlows.proofs}) + 1 >= ${needed} then now() end`,
    })
    .where(and(eq(resetFlows.id, id), isNull(resetFlows.provedAt), sql`not (${proof} = any(${resetFlows.proofs}))`, open))
    .returning({ id: resetFlows.id })
  return rows.length === 1
}

export async function finishFlow(db: Queryable, id: string): Promise<boolean> {
  const rows = await db
    .update(resetFlows)
    .set({ finishedAt: sql`now()` })
    .where(and(eq(resetFlows.id, id), isNull(resetFlows.finishedAt)))
    .returning({ id: resetFlows.id })
  return rows.length === 1
}

interface NewPass {
  digest: Uint8Array
  issuedBy: string
  reason: string
  ticket: string
}

/** The newest pass of a mailbox replaces those before. */
export async function insertPass(db: Queryable, mailbox: AuthorizedMailbox, pass: NewPass): Promise<Date> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('pass:' || ${mailbox}, 0))`)
  await db
    .update(resetPasses)
    .set({ replacedAt: sql`now()` })
    .where(and(eq(resetPasses.mailbox, mailbox), isNull(resetPasses.replacedAt), isNull(resetPasses.usedBy)))
  const [row] = await db
    .insert(resetPasses)
    .values({ mailbox, ...pass, expiresAt: sql`now() + interval '1 hour'` })
    .returning({ expiresAt: resetPasses.expiresAt })
  if (!row) throw new Error('no pass row')
  return row.expiresAt
}

/**
 * A recovery code or pass is given back when the reset that it proved came to nothing, and while it may still have succeeded it is not
 * (F4). Flows go after a day.
 */
export async function forgetFlows(db: Queryable): Promise<void> {
  const happened = db
    .select({ id: passwordChanges.id })
    .from(passwordChanges)
    .where(and(eq(passwordChanges.resetFlow, resetFlows.id), or(isNull(passwordChanges.settledAt), eq(passwordChanges.outcome, 'changed'))))
  const over = and(isNull(resetFlows.finishedAt), sql`(${open}) is not true`)
  const inVain = db
    .select({ id: resetFlows.id })
    .from(resetFlows)
    .where(and(over, ne(resetFlows.proofs, []), notExists(happened)))
  await db.update(recoveryCodes).set({ usedBy: null }).where(inArray(recoveryCodes.usedBy, inVain))
  await db.update(resetPasses).set({ usedBy: null }).where(inArray(resetPasses.usedBy, inVain))
  await db
    .update(resetFlows)
    .set({ finishedAt: sql`now()` })
    .where(and(over, notExists(happened)))
  await db.delete(resetFlows).where(lt(resetFlows.createdAt, sql`now() - interval '24 hours'`))
  await db.delete(resetPasses).where(lt(resetPasses.createdAt, sql`now() - interval '400 days'`))
}
