import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Queryable } from '#db/client.ts'
import { helpMessages } from '#db/schema/help.ts'
import { staffRequestComments, staffRequests } from '#db/schema/helpdesk.ts'
import { phones } from '#db/schema/phone.ts'
import { recalls } from '#db/schema/sent.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { phoneContext } from '#lib/platform/bound-phone.ts'
import { open } from '#lib/platform/crypto.ts'
import type { ListRequests } from './schema.ts'

type Filters = z.output<typeof ListRequests>
const waiting = inArray(staffRequests.state, ['open', 'taken'])
const comments = sql<number>`(select count(*)::int from staff_request_comments c where c.mailbox = staff_requests.mailbox and c.request = staff_requests.id)`
/** Microseconds, which a Date does not keep. */
const place = sql<string>`(extract(epoch from ${staffRequests.createdAt}) * 1000000)::bigint || '.' || ${staffRequests.id}`

/** What waits the oldest first, what is decided the newest first; behind `after`. */
export function requestsOf(db: Queryable, agent: string, { kind, state, hours, mine, after, limit }: Filters) {
  const [micros, id] = after?.split('.') ?? []
  const waits = state === 'waiting' || state === 'open' || state === 'taken'
  const [order, beyond] = waits ? [asc, sql`>`] : [desc, sql`<`]
  const behind = sql`(${staffRequests.createdAt}, ${staffRequests.id}) ${beyond} (timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${id}::uuid)`
  return db
    .select({ request: staffRequests, comments, place })
    .from(staffRequests)
    .where(
      and(
        state === 'waiting' ? waiting : eq(staffRequests.state, state),
        kind && eq(staffRequests.kind, kind),
        hours ? sql`${staffRequests.createdAt} < now() - make_interval(hours => ${hours}::int)` : undefined,
        mine ? eq(staffRequests.takenBy, agent) : undefined,
        after ? behind : undefined,
      ),
    )
    .orderBy(order(staffRequests.createdAt), order(staffRequests.id))
    .limit(limit)
}

export async function countWaiting(db: Queryable): Promise<number> {
  const [row] = await db.select({ waiting: count() }).from(staffRequests).where(waiting)
  return row?.waiting ?? 0
}

export async function countOpen(db: Queryable): Promise<number> {
  const [row] = await db.select({ open: count() }).from(staffRequests).where(eq(staffRequests.state, 'open'))
  return row?.open ?? 0
}

const named = (mailbox: AuthorizedMailbox, id: string) => and(eq(staffRequests.mailbox, mailbox), eq(staffRequests.id, id))

export async function requestOf(db: Queryable, mailbox: AuthorizedMailbox, id: string) {
  const [row] = await db.select({ request: staffRequests, comments }).from(staffRequests).where(named(mailbox, id))
  return row
}

export const commentsOf = (db: Queryable, mailbox: AuthorizedMailbox, id: string) =>
  db
    .select({ by: staffRequestComments.by, words: staffRequestComments.words, at: staffRequestComments.createdAt })
    .from(staffRequestComments)
    .where(and(eq(staffRequestComments.mailbox, mailbox), eq(staffRequestComments.request, id)))
    .orderBy(asc(staffRequestComments.createdAt), asc(staffRequestComments.id))

export async function messageOf(db: Queryable, mailbox: AuthorizedMailbox, reference: string) {
  const { topic, facts } = helpMessages
  const [row] = await db.select({ topic, facts }).from(helpMessages).where(ofMessage(mailbox, reference))
  return row
}

export const closeMessage = async (tx: Queryable, mailbox: AuthorizedMailbox, reference: string): Promise<void> =>
  void (await tx.update(helpMessages).set({ state: 'closed' }).where(ofMessage(mailbox, reference)))

const ofMessage = (mailbox: AuthorizedMailbox, reference: string) =>
  and(eq(helpMessages.mailbox, mailbox), eq(helpMessages.reference, reference))

export async function addComment(db: Queryable, mailbox: AuthorizedMailbox, request: string, by: string, words: string): Promise<void> {
  await db.insert(staffRequestComments).values({ mailbox, request, by, words })
}

/** One of any number who take it has it. */
export async function take(db: Queryable, mailbox: AuthorizedMailbox, id: string, agent: string): Promise<boolean> {
  const rows = await db
    .update(staffRequests)
    .set({ state: 'taken', takenBy: agent })
    .where(and(named(mailbox, id), eq(staffRequests.state, 'open')))
    .returning({ id: staffRequests.id })
  return rows.length === 1
}

export async function giveBack(db: Queryable, mailbox: AuthorizedMailbox, id: string, agent: string): Promise<boolean> {
  const rows = await db
    .update(staffRequests)
    .set({ state: 'open', takenBy: null })
    .where(and(named(mailbox, id), eq(staffRequests.state, 'taken'), eq(staffRequests.takenBy, agent)))
    .returning({ id: staffRequests.id })
  return rows.length === 1
}

export type Request = typeof staffRequests.$inferSelect

/** To the end of the transaction it is nobody else's to decide. */
export async function lockRequest(tx: Queryable, mailbox: AuthorizedMailbox, id: string): Promise<Request | undefined> {
  const [row] = await tx.select().from(staffRequests).where(named(mailbox, id)).for('update')
  return row
}

/** The first of two has said yes: it is free for the second. */
export async function recommend(tx: Queryable, { mailbox, id }: Request, agent: string, supervisor: boolean): Promise<void> {
  await tx
    .update(staffRequests)
    .set({ state: 'open', takenBy: null, firstBy: agent, firstIsSupervisor: supervisor })
    .where(named(mailbox as AuthorizedMailbox, id))
}

export async function settle(
  tx: Queryable,
  { mailbox, id }: Request,
  decided: { state: 'approved' | 'refused' | 'done'; decidedBy: string; decision: string },
): Promise<void> {
  await tx
    .update(staffRequests)
    .set({ ...decided, decidedAt: sql`now()` })
    .where(named(mailbox as AuthorizedMailbox, id))
}

/** False when it is not waiting any more. */
export async function decideRecall(tx: Queryable, mailbox: AuthorizedMailbox, traceId: string, approved: boolean): Promise<boolean> {
  const rows = await tx
    .update(recalls)
    .set(approved ? { state: 'queued', begunAt: sql`now()` } : { state: 'refused', finishedAt: sql`now()` })
    .where(and(eq(recalls.mailbox, mailbox), eq(recalls.traceId, traceId), eq(recalls.state, 'waiting_approval')))
    .returning({ id: recalls.id })
  return rows.length === 1
}

/** Whether a phone is bound by now that was not when this was asked for. `lock`: it stays as it is to the end of the transaction. */
export async function isOtherPhone(db: Queryable, { mailbox, about }: Request, lock = false): Promise<boolean> {
  const query = db.select({ boundAt: phones.boundAt }).from(phones).where(eq(phones.mailbox, mailbox))
  const [row] = await (lock ? query.for('update') : query)
  return row !== undefined && !('boundAt' in about && about.boundAt === row.boundAt.toISOString())
}

/** The numbers that were bound: the one in use, and the one that a change of the last days replaced. */
export async function unbindPhone(tx: Queryable, mailbox: AuthorizedMailbox, boundAt: string): Promise<string[]> {
  const asked = sql`date_trunc('milliseconds', ${phones.boundAt}) = ${boundAt}::timestamptz`
  const [row] = await tx
    .delete(phones)
    .where(and(eq(phones.mailbox, mailbox), asked))
    .returning()
  if (!row) return []
  await tx.execute(sql`update phone_flows set finished_at = now() where mailbox = ${mailbox} and finished_at is null`)
  await tx.execute(sql`
    insert into phone_unbindings (mailbox) values (${mailbox}) on conflict (mailbox) do update set unbound_at = now()`)
  const ciphers = [row.numberCipher, ...(row.previousCipher ? [row.previousCipher] : [])]
  return ciphers.map((cipher) => open(cipher, phoneContext(mailbox)))
}
