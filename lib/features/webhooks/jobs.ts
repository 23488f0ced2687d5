import { z } from 'zod'
import { administrators } from '#lib/platform/administrators.ts'
import type { Resources } from '#lib/platform/context.ts'
import { open } from '#lib/platform/crypto.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { DELIVER } from '#lib/platform/webhooks/events.ts'
import { post } from '#lib/platform/webhooks/post.ts'
import { secretContext, signedHeaders } from '#lib/platform/webhooks/signature.ts'
import * as store from './store.ts'

/**
 * One try. If a crash comes between the other side's answer and its record the same is sent again, octet for octet, under the same
 * `webhook-id`, by which a receiver knows it (F3).
 * @throws Error when the job shall run again
 */
async function deliver({ db }: Pick<Resources, 'db'>, webhook: string, delivery: string): Promise<void> {
  const due = await store.claimDelivery(db, webhook, delivery)
  if (!due) return
  const { url, body, timestamp, event } = due
  const secrets = [due.secret, due.previous].flatMap((sealed) => (sealed ? [open(sealed, secretContext(webhook))] : []))
  const posted = await post(url, signedHeaders(secrets, { id: delivery, timestamp, body }), body)
  if (posted.ok) return db.transaction((tx) => store.settleDelivered(tx, webhook, delivery, posted.status))
  const { problem, status } = posted
  const test = event === 'webhook.test'
  const state = test || due.last ? 'failed' : 'queued'
  const over = await db.transaction(async (tx) => {
    await store.settleTry(tx, webhook, delivery, { state, status, problem })
    if (test) return true
    const off = problem === 'gone' ? 'gone' : (await store.hasFailedForLong(tx, webhook)) ? 'failing' : null
    if (off) await giveUp(tx, webhook, off)
    return off !== null || due.last
  })
  if (!over) throw new Error(`not delivered: ${problem}`)
}

/** Every administrator hears of it: what was to be told by the webhook is told no more. */
async function giveUp(tx: store.Tx, webhook: string, reason: 'failing' | 'gone'): Promise<void> {
  const off = await store.switchOff(tx, webhook, reason)
  if (!off) return
  for (const mailbox of await administrators(tx, off.owner))
    await enqueueNotice(tx, { mailbox, kind: 'webhook_off', params: { host: new URL(off.url).host, reason } })
}

const Deliver = z.object({ webhook: z.guid(), delivery: z.string() })

export const webhookJobs: Jobs = {
  tasks: {
    [DELIVER]: (payload, on) => {
      const { webhook, delivery } = Deliver.parse(payload)
      return deliver(on, webhook, delivery)
    },
    'webhooks.settle': (_, { db }) => store.settleAbandoned(db),
  },
  every: { 'webhooks.settle': 3600 },
}
