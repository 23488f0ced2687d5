import { and, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { webhookDeliveries, webhooks } from '#db/schema/webhooks.ts'
import { ATTEMPTS } from '#lib/platform/webhooks/events.ts'
import type { Problem, WebhookEvent } from '#lib/platform/webhooks/kinds.ts'
import type { Delivery, Webhook } from './schema.ts'

export type Tx = Queryable

const NEWEST = 50
/** How long the secret before signs along. */
const OVERLAP = sql`interval '24 hours'`
const PATIENCE = sql`interval '3 days'`

const { id: deliveryId, event, state, attempts, status, problem, createdAt, triedAt } = webhookDeliveries
const TRY = { event, state, attempts, status, problem, createdAt, triedAt }
type Try = NonNullable<Webhook['last']>

export async function listWebhooks(db: Queryable): Promise<Webhook[]> {
  const rows = await db
    .select({
      webhook: webhooks,
      until: sql<Date | null>`case when ${webhooks.rotatedAt} > now() - ${OVERLAP} then ${webhooks.rotatedAt} + ${OVERLAP} end`.mapWith(
        webhooks.rotatedAt,
      ),
    })
    .from(webhooks)
    .orderBy(webhooks.createdAt, webhooks.id)
  const last = await lastTries(db)
  return rows.map(({ webhook: { id, url, events, offAt, offReason, failingSince, owner, createdAt }, until }) => ({
    ...{ id, url, owner, createdAt, failingSince, offReason },
    events: events as WebhookEvent[],
    on: offAt === null,
    previousSignsUntil: until,
    last: last.get(id) ?? null,
  }))
}

async function lastTries(db: Queryable): Promise<Map<string, Try>> {
  const rows = await db
    .select({ webhook: webhookDeliveries.webhook, ...TRY })
    .from(webhookDeliveries)
    .where(
      inArray(
        sql`(${webhookDeliveries.webhook}, ${deliveryId})`,
        sql`(select w.id, l.id from webhooks w, lateral (
          select d.id from webhook_deliveries d where d.webhook = w.id order by d.created_at desc, d.id limit 1) l)`,
      ),
    )
  return new Map(rows.map(({ webhook, ...tried }) => [webhook, tried as Try]))
}

type NewWebhook = Pick<typeof webhooks.$inferInsert, 'url' | 'events' | 'secret' | 'owner'> & { id: string }

/** False when there are so many already; to the end of the transaction nobody adds another. */
export async function insertWebhook(tx: Queryable, webhook: NewWebhook, most: number): Promise<boolean> {
  await tx.execute(sql`lock table webhooks in share row exclusive mode`)
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(webhooks)
  if ((row?.count ?? 0) >= most) return false
  await tx.insert(webhooks).values(webhook)
  return true
}

const named = (id: string) => eq(webhooks.id, id)
export type Found = Pick<typeof webhooks.$inferSelect, 'url' | 'owner'>
const FOUND = { url: webhooks.url, owner: webhooks.owner }

export async function findWebhook(db: Queryable, id: string) {
  const [row] = await db.select(FOUND).from(webhooks).where(named(id))
  return row
}

async function set(db: Queryable, id: string, values: Parameters<ReturnType<Queryable['update']>['set']>[0]) {
  const [row] = await db.update(webhooks).set(values).where(named(id)).returning(FOUND)
  return row
}

export const setEvents = (db: Queryable, id: string, events: string[]) => set(db, id, { events })

export const setSecret = (db: Queryable, id: string, secret: Uint8Array) =>
  set(db, id, { previousSecret: webhooks.secret, rotatedAt: sql`now()`, secret })

export const switchOn = (db: Queryable, id: string) => set(db, id, { offAt: null, offReason: null, failingSince: null })

/** What still waits is not sent any more. */
export async function switchOff(tx: Queryable, id: string, reason: 'asked' | 'failing' | 'gone') {
  const row = await set(tx, id, { offAt: sql`now()`, offReason: reason })
  const waits = and(eq(webhookDeliveries.webhook, id), eq(state, 'queued'))
  await tx.update(webhookDeliveries).set({ state: 'failed', problem: 'off' }).where(waits)
  return row
}

export async function removeWebhook(db: Queryable, id: string) {
  const [row] = await db.delete(webhooks).where(named(id)).returning(FOUND)
  return row
}

export async function listDeliveries(db: Queryable, webhook: string): Promise<Delivery[]> {
  const rows = await db
    .select({ id: deliveryId, ...TRY })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.webhook, webhook))
    .orderBy(desc(createdAt), deliveryId)
    .limit(NEWEST)
  return rows as Delivery[]
}

interface Due extends Record<string, unknown> {
  url: string
  event: string
  body: string
  secret: Uint8Array
  previous: Uint8Array | null
  /** Of this try, in seconds, by the database's clock. */
  timestamp: number
  /** There is no further try. */
  last: boolean
}

/** Undefined when it has arrived, or has been given up. */
export async function claimDelivery(db: Queryable, webhook: string, id: string): Promise<Due | undefined> {
  const [due] = await db.execute<Due>(sql`
    update webhook_deliveries d set attempts = attempts + 1, tried_at = now() from webhooks w
     where w.id = d.webhook and d.webhook = ${webhook} and d.id = ${id} and d.state = 'queued'
    returning w.url, d.event, d.body, w.secret, case when w.rotated_at > now() - ${OVERLAP} then w.previous_secret end as previous,
      extract(epoch from now())::int as timestamp, d.attempts >= ${ATTEMPTS}::int as last`)
  return due
}

const one = (webhook: string, id: string) => and(eq(webhookDeliveries.webhook, webhook), eq(deliveryId, id), eq(state, 'queued'))

export async function settleDelivered(tx: Queryable, webhook: string, id: string, status: number): Promise<void> {
  await tx.update(webhookDeliveries).set({ state: 'delivered', status, problem: null }).where(one(webhook, id))
  await set(tx, webhook, { failingSince: null })
}

interface Ended {
  state: 'queued' | 'failed'
  status: number | null
  problem: Problem
}

export const settleTry = async (tx: Queryable, webhook: string, id: string, ended: Ended): Promise<void> =>
  void (await tx.update(webhookDeliveries).set(ended).where(one(webhook, id)))

/** Notes that it fails. */
export async function hasFailedForLong(tx: Queryable, id: string): Promise<boolean> {
  const [row] = await tx
    .update(webhooks)
    .set({ failingSince: sql`coalesce(${webhooks.failingSince}, now())` })
    .where(and(named(id), isNull(webhooks.offAt)))
    .returning({ long: sql<boolean>`${webhooks.failingSince} < now() - ${PATIENCE}` })
  return row?.long ?? false
}

/** Whose job was lost or given up. */
export const settleAbandoned = async (db: Queryable): Promise<void> =>
  void (await db
    .update(webhookDeliveries)
    .set({ state: 'failed' })
    .where(and(eq(state, 'queued'), lt(createdAt, sql`now() - interval '36 hours'`))))
