import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Queryable } from '#db/client.ts'
import { enqueueEach } from '../jobs.ts'
import type { EventData, WebhookEvent } from './kinds.ts'

/** The job that sends one delivery. */
export const DELIVER = 'webhooks.deliver'
/** With graphile-worker's back-off the thirteenth try is 22 hours after the first. */
export const ATTEMPTS = 13
/** One after the other: a place that does not answer holds up one job of the worker, not all. */
const QUEUE = 'webhooks'

/** Puts an event before every place that wants to hear of it, in the caller's transaction: what is rolled back nobody hears (outbox). */
export async function emit<E extends WebhookEvent>(tx: Queryable, event: E, data: z.input<EventData<E>>): Promise<void> {
  await deliverTo(tx, sql`off_at is null and ${event} = any(events)`, event, data, ATTEMPTS)
}

/** To one place, whatever it wants to hear and though it be off; tried once. */
export const emitTest = (tx: Queryable, webhook: string): Promise<void> => deliverTo(tx, sql`id = ${webhook}`, 'webhook.test', {}, 1)

async function deliverTo(tx: Queryable, where: ReturnType<typeof sql>, event: string, data: object, attempts: number): Promise<void> {
  const rows = await tx.execute<{ webhook: string; delivery: string }>(sql`
    insert into webhook_deliveries (webhook, id, event, body)
    select w.id, ${`msg_${randomUUID().replaceAll('-', '')}`}, ${event}, json_build_object('type', ${event}::text,
      'timestamp', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', ${JSON.stringify(data)}::json)::text
      from webhooks w where ${where}
    returning webhook, id as delivery`)
  await enqueueEach(tx, DELIVER, [...rows], { attempts, queue: QUEUE, bulk: true })
}
