import { and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { helpMessages } from '#db/schema/help.ts'
import { announcements, auditLog } from '#db/schema/platform.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { enqueue } from '#lib/platform/jobs.ts'

export type Tx = Queryable

/** What the owner was refused, or what failed, within the last hour; newest first. */
export function recentTroubles(db: Queryable, mailbox: AuthorizedMailbox, limit: number) {
  const { reference, at, operation, phase, outcome, actorId } = auditLog
  return db
    .select({ reference, at, operation })
    .from(auditLog)
    .where(
      and(
        ...[eq(auditLog.mailbox, mailbox), eq(actorId, mailbox), eq(phase, 'outcome'), inArray(outcome, ['refused', 'failed'])],
        gt(at, sql`now() - interval '1 hour'`),
      ),
    )
    .orderBy(desc(auditLog.seq))
    .limit(limit)
}

type NewMessage = Omit<typeof helpMessages.$inferInsert, 'mailbox'>

/** With a graphile-worker's back-off the fifteenth try is about 40 hours after the first. */
const ATTEMPTS = 15

/** Puts the message and the job that sends it into the caller's transaction. */
export async function insertMessage(tx: Pick<Database, 'insert' | 'execute'>, mailbox: AuthorizedMailbox, message: NewMessage) {
  const [row] = await tx
    .insert(helpMessages)
    .values({ ...message, mailbox })
    .returning({ id: helpMessages.id, at: helpMessages.createdAt })
  if (!row) throw new Error('no message row')
  await enqueue(tx, 'help.send', { messageId: row.id }, { attempts: ATTEMPTS })
  return row
}

/** Undefined when it is out. */
export async function queuedMessage(db: Queryable, id: string) {
  const [row] = await db
    .select()
    .from(helpMessages)
    .where(and(eq(helpMessages.id, id), eq(helpMessages.mail, 'queued')))
  return row
}

export async function settleMessage(db: Queryable, id: string, mail: 'sent' | 'failed'): Promise<void> {
  await db
    .update(helpMessages)
    .set({ mail, ...(mail === 'sent' ? { sentAt: sql`now()` } : {}) })
    .where(and(eq(helpMessages.id, id), eq(helpMessages.mail, 'queued')))
}

type IncidentRow = Omit<typeof announcements.$inferInsert, 'id'>

export type Incident = typeof announcements.$inferSelect

export async function addIncident(tx: Queryable, row: IncidentRow): Promise<Incident | undefined> {
  const [added] = await tx.insert(announcements).values(row).returning()
  return added
}

/** To the end of the transaction it is nobody else's to change. */
export async function lockIncident(tx: Queryable, id: string): Promise<Incident | undefined> {
  const [row] = await tx.select().from(announcements).where(eq(announcements.id, id)).for('update')
  return row
}

export async function changeIncident(tx: Queryable, id: string, row: IncidentRow): Promise<Incident | undefined> {
  const [changed] = await tx.update(announcements).set(row).where(eq(announcements.id, id)).returning()
  return changed
}

/** What is over for more than a month is history. */
export const announced = (db: Queryable, limit: number) => {
  const { startsAt, endsAt } = announcements
  return db
    .select({
      row: announcements,
      state: sql<
        'planned' | 'running' | 'over'
      >`case when ${endsAt} <= now() then 'over' when ${startsAt} > now() then 'planned' else 'running' end`,
    })
    .from(announcements)
    .where(or(isNull(endsAt), gt(endsAt, sql`now() - interval '30 days'`)))
    .orderBy(desc(startsAt))
    .limit(limit)
}

/** Undefined when there is none, or when it is over. */
export async function endIncident(tx: Queryable, id: string): Promise<Incident | undefined> {
  const { startsAt, endsAt } = announcements
  const [ended] = await tx
    .update(announcements)
    .set({ startsAt: sql`least(${startsAt}, now())`, endsAt: sql`now()` })
    .where(and(eq(announcements.id, id), or(isNull(endsAt), gt(endsAt, sql`now()`))))
    .returning()
  return ended
}
