import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { recallRecipients, recalls } from '#db/schema/sent.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'

type CopyState = (typeof recallRecipients.$inferSelect)['state']

export interface NewRecall {
  traceId: string
  messageId: string | null
  sentAt: Date
  state: 'queued' | 'waiting_approval'
  recipients: { mailbox: string; writtenAs: string; state: CopyState }[]
}

/** The job that does what these rows say. */
export const RUN = 'sent.run-recalls'

/** A minute for one mailbox: who takes it, has it so long. */
const LEASE = sql`interval '1 minute'`

/** False when this mail is being recalled, or was. */
export async function beginRecall(
  tx: Queryable,
  mailbox: AuthorizedMailbox,
  { recipients, state, ...recall }: NewRecall,
): Promise<boolean> {
  const begunAt = state === 'queued' ? sql`now()` : null
  const [row] = await tx
    .insert(recalls)
    .values({ mailbox, state, begunAt, ...recall })
    .onConflictDoNothing()
    .returning({ id: recalls.id })
  if (!row) return false
  await tx.insert(recallRecipients).values(recipients.map((recipient) => ({ recall: row.id, ...recipient })))
  return true
}

export async function findRecall(db: Queryable, mailbox: AuthorizedMailbox, traceId: string) {
  const [recall] = await db
    .select()
    .from(recalls)
    .where(and(eq(recalls.mailbox, mailbox), eq(recalls.traceId, traceId)))
  if (!recall) return null
  const recipients = await db
    .select({ address: recallRecipients.writtenAs, state: recallRecipients.state, at: recallRecipients.at })
    .from(recallRecipients)
    .where(eq(recallRecipients.recall, recall.id))
    .orderBy(recallRecipients.writtenAs, recallRecipients.mailbox)
  return { ...recall, recipients }
}

export async function recallStates(db: Queryable, mailbox: AuthorizedMailbox, traceIds: string[]) {
  if (traceIds.length === 0) return new Map<string, (typeof recalls.$inferSelect)['state']>()
  const rows = await db
    .select({ traceId: recalls.traceId, state: recalls.state })
    .from(recalls)
    .where(and(eq(recalls.mailbox, mailbox), inArray(recalls.traceId, traceIds)))
  return new Map(rows.map(({ traceId, state }) => [traceId, state]))
}

/** One recipient's copy, and the mail that the recall is about. */
export async function findCopy(db: Queryable, mailbox: AuthorizedMailbox, recall: string) {
  const [row] = await db
    .select({
      state: recallRecipients.state,
      seenThere: recallRecipients.seenThere,
      sender: recalls.mailbox,
      traceId: recalls.traceId,
      messageId: recalls.messageId,
      sentAt: recalls.sentAt,
      recallState: recalls.state,
    })
    .from(recallRecipients)
    .innerJoin(recalls, eq(recalls.id, recallRecipients.recall))
    .where(and(eq(recallRecipients.mailbox, mailbox), eq(recallRecipients.recall, recall)))
  return row ?? null
}

const oneCopy = (mailbox: AuthorizedMailbox, recall: string) =>
  and(eq(recallRecipients.mailbox, mailbox), eq(recallRecipients.recall, recall), eq(recallRecipients.state, 'pending'))

export async function noteCopyThere(db: Queryable, mailbox: AuthorizedMailbox, recall: string): Promise<void> {
  await db.update(recallRecipients).set({ seenThere: true }).where(oneCopy(mailbox, recall))
}

/** Null when somebody else was faster. What is gone and was there before, was taken by us, or by who did the same just now. */
export async function settleCopy(
  tx: Queryable,
  mailbox: AuthorizedMailbox,
  recall: string,
  found: 'withdrawn' | 'read' | 'none',
): Promise<CopyState | null> {
  const state = found === 'none' ? sql`case when seen_there then 'withdrawn' else 'none' end` : sql`${found}`
  const [row] = await tx
    .update(recallRecipients)
    .set({ state: state as never, at: sql`now()` })
    .where(oneCopy(mailbox, recall))
    .returning({ state: recallRecipients.state })
  return row?.state ?? null
}

/** Closes a recall of which nothing is left to do. Returns how many copies were taken; null when it is not so far, or closed already. */
export async function finishRecall(db: Queryable, mailbox: AuthorizedMailbox, recall: string): Promise<number | null> {
  const [row] = await db.execute<{ withdrawn: number }>(sql`
    update recalls set state = 'done', finished_at = now()
    where mailbox = ${mailbox} and id = ${recall} and state in ('queued', 'running')
      and not exists (select from recall_recipients r where r.recall = recalls.id and r.state = 'pending')
    returning (select count(*)::int from recall_recipients r where r.recall = recalls.id and r.state = 'withdrawn') as withdrawn`)
  return row?.withdrawn ?? null
}

/** For the job: copies that nobody is at, the oldest recall first. */
export async function takePending(db: Queryable, limit: number): Promise<{ mailbox: string; recall: string }[]> {
  return db.execute<{ mailbox: string; recall: string }>(sql`
    with due as (
      select r.mailbox, r.recall from recall_recipients r join recalls c on c.id = r.recall
      where r.state = 'pending' and r.try_at <= now() and c.state in ('queued', 'running')
      order by c.begun_at, r.mailbox limit ${limit} for update of r skip locked
    ), begun as (
      update recalls set state = 'running' where state = 'queued' and id in (select recall from due)
    )
    update recall_recipients r set try_at = now() + ${LEASE} from due
    where r.mailbox = due.mailbox and r.recall = due.recall returning r.mailbox, r.recall`)
}

/** For the job: what no server has answered for a day. */
export async function giveUp(db: Queryable): Promise<void> {
  await db.execute(sql`
    update recall_recipients set state = 'failed', at = now()
    where state = 'pending' and recall in (
      select id from recalls where state in ('queued', 'running') and begun_at < now() - interval '1 day')`)
}

/** For the job: recalls of which nothing is left to do. */
export async function finishable(db: Queryable): Promise<{ mailbox: string; recall: string }[]> {
  return db.execute<{ mailbox: string; recall: string }>(sql`
    select mailbox, id as recall from recalls where state in ('queued', 'running')
      and not exists (select from recall_recipients r where r.recall = recalls.id and r.state = 'pending')`)
}

export async function isAnyPending(db: Queryable): Promise<boolean> {
  const rows = await db.execute(sql`
    select from recall_recipients r join recalls c on c.id = r.recall
    where r.state = 'pending' and r.try_at <= now() and c.state in ('queued', 'running') limit 1`)
  return rows.length > 0
}
