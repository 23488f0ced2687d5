import { and, eq, gt, inArray, isNull, lt, lte, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { type FolderProgress, massDeletions, restoreJobs, type StoredMail } from '#db/schema/restore.ts'
import type { DeletedQuery } from '#lib/mail-core/mailbox/port.ts'
import type { MassDeletion } from '#lib/mail-core/trace/port.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { enqueue } from '#lib/platform/jobs.ts'

export type { FolderProgress, StoredMail }

export const RUN = 'restore.run'

const open = inArray(restoreJobs.state, ['queued', 'running'])
const named = (mailbox: string, id: string) => and(eq(restoreJobs.mailbox, mailbox), eq(restoreJobs.id, id))

export async function openRestore(db: Queryable, mailbox: AuthorizedMailbox): Promise<string | null> {
  const [row] = await db
    .select({ id: restoreJobs.id })
    .from(restoreJobs)
    .where(and(eq(restoreJobs.mailbox, mailbox), open))
  return row?.id ?? null
}

export async function restoreOf(db: Queryable, mailbox: AuthorizedMailbox, id: string) {
  const [row] = await db.select().from(restoreJobs).where(named(mailbox, id))
  return row
}

interface NewRestore {
  query: DeletedQuery & { until: Date }
  chosen: StoredMail[] | null
  total: number
  gone: number
  folders: FolderProgress[]
}

/** Null when another restore of this mailbox is under way. */
export function insertRestore(db: Database, mailbox: AuthorizedMailbox, { query, ...values }: NewRestore): Promise<string | null> {
  return db.transaction(async (tx) => {
    const stored = { ...query, since: query.since.toISOString(), until: query.until.toISOString() }
    const [row] = await tx
      .insert(restoreJobs)
      .values({ mailbox, query: stored, ...values })
      .onConflictDoNothing()
      .returning({ id: restoreJobs.id })
    if (!row) return null
    await enqueueRun(tx, mailbox, row.id)
    return row.id
  })
}

/** False when it has ended already. */
export async function requestStop(db: Queryable, mailbox: AuthorizedMailbox, id: string): Promise<boolean> {
  const rows = await db
    .update(restoreJobs)
    .set({ stopRequested: true })
    .where(and(named(mailbox, id), open))
    .returning({ id: restoreJobs.id })
  return rows.length === 1
}

/** So many run at once at most: what people wait for beside them has the other workers (F13). */
const LANES = 3
const laneOf = (id: string) => `restore-${Number.parseInt(id.slice(-2), 16) % LANES}`

// A failed run is no job to be tried again: whatever nobody is at is found by the next round.
const enqueueRun = (tx: Pick<Queryable, 'execute'>, mailbox: string, id: string): Promise<void> =>
  enqueue(tx, RUN, { mailbox, id }, { key: `restore:${id}`, queue: laneOf(id), attempts: 1, bulk: true })

/** Whatever nobody is at: its worker died, or the mail server did not answer. */
export async function enqueueWaiting(db: Queryable): Promise<void> {
  const rows = await db
    .select({ mailbox: restoreJobs.mailbox, id: restoreJobs.id })
    .from(restoreJobs)
    .where(and(open, lte(restoreJobs.claimedUntil, sql`now()`)))
    .limit(100)
  for (const { mailbox, id } of rows) await enqueueRun(db, mailbox, id)
}

// Longer than a batch can take: the mail server's time-outs end it before.
const CLAIM = sql`now() + interval '1 minute'`

export type Claimed = typeof restoreJobs.$inferSelect

/** Undefined when it has ended, or somebody else is at it. */
export async function claimRestore(db: Queryable, mailbox: string, id: string): Promise<Claimed | undefined> {
  const [row] = await db
    .update(restoreJobs)
    .set({
      ...{ state: 'running', claim: sql`gen_random_uuid()`, claimedUntil: CLAIM },
      startedAt: sql`coalesce(${restoreJobs.startedAt}, now())`,
    })
    .where(and(named(mailbox, id), open, lte(restoreJobs.claimedUntil, sql`now()`)))
    .returning()
  return row
}

const mine = ({ mailbox, id, claim }: Claimed) =>
  and(named(mailbox, id), open, claim ? eq(restoreJobs.claim, claim) : isNull(restoreJobs.claim))

export type Progress = Partial<Pick<Claimed, 'batch' | 'chosen' | 'total' | 'restored' | 'gone' | 'folders'>>

/** The job as it is now; undefined when somebody else has taken it over. */
export async function saveProgress(db: Queryable, job: Claimed, progress: Progress): Promise<Claimed | undefined> {
  const [row] = await db
    .update(restoreJobs)
    .set({ ...progress, failingSince: null, claimedUntil: CLAIM })
    .where(mine(job))
    .returning()
  return row
}

// Mail is kept a day longer than it is offered: what was asked for is still there until then.
const PATIENCE = sql`interval '1 day'`

/** Lets go of a job until the mail server may answer again. `over`: it has not for too long. */
export async function setAside(db: Queryable, job: Claimed): Promise<{ job: Claimed; over: boolean } | undefined> {
  const [row] = await db
    .update(restoreJobs)
    .set({ failingSince: sql`coalesce(${restoreJobs.failingSince}, now())`, claimedUntil: sql`now() + interval '5 seconds'` })
    .where(mine(job))
    .returning({ job: restoreJobs, over: sql<boolean>`${restoreJobs.failingSince} < now() - ${PATIENCE}` })
  return row
}

/** With how many seconds it took; undefined when somebody else has taken it over. */
export async function finishRestore(tx: Queryable, job: Claimed, state: 'done' | 'stopped' | 'failed') {
  const [row] = await tx
    .update(restoreJobs)
    .set({ state, finishedAt: sql`now()`, batch: null, chosen: null, claim: null })
    .where(mine(job))
    .returning({ seconds: sql<number>`extract(epoch from now() - ${restoreJobs.startedAt})::float8` })
  return row
}

/** True when this is news: no part of it was told before. */
export async function keepMassDeletion(tx: Queryable, mailbox: string, { from, to, count, client, ip, protocol }: MassDeletion) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`mass deletion ${mailbox}`}, 0))`)
  const { from: first, to: last, count: mails } = massDeletions
  const [from_, to_] = [from.toISOString(), to.toISOString()]
  const known = await tx
    .update(massDeletions)
    .set({
      from: sql`least(${first}, ${from_}::timestamptz)`,
      to: sql`greatest(${last}, ${to_}::timestamptz)`,
      count: sql`greatest(${mails}, ${count}::int)`,
    })
    .where(
      and(
        eq(massDeletions.mailbox, mailbox),
        sql`(${massDeletions.client}, ${massDeletions.ip}) is not distinct from (${client}::text, ${ip}::text)`,
        eq(massDeletions.protocol, protocol),
        gt(last, sql`${from_}::timestamptz - interval '10 minutes'`),
        lt(first, sql`${to_}::timestamptz + interval '10 minutes'`),
      ),
    )
    .returning({ id: massDeletions.id })
  if (known.length > 0) return false
  await tx.insert(massDeletions).values({ mailbox, from, to, count, client, ip, protocol })
  return true
}
