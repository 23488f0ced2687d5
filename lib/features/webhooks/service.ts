import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { describeActor } from '#lib/platform/actor.ts'
import { administrators } from '#lib/platform/administrators.ts'
import type { Context } from '#lib/platform/context.ts'
import { seal } from '#lib/platform/crypto.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import type { NoticeParams } from '#lib/platform/notices/kinds.ts'
import { emitTest } from '#lib/platform/webhooks/events.ts'
import { mayBeWebhook } from '#lib/platform/webhooks/reachable.ts'
import { newWebhookSecret, secretContext } from '#lib/platform/webhooks/signature.ts'
import {
  type ChangeWebhook,
  type CreateWebhook,
  MOST_WEBHOOKS,
  type OneWebhook,
  type SwitchWebhook,
  type WebhookList,
  type WebhookSecret,
} from './schema.ts'
import * as store from './store.ts'

export async function listWebhooks({ db }: Context): Promise<WebhookList> {
  return { webhooks: await store.listWebhooks(db), most: MOST_WEBHOOKS }
}

type HowChanged = NoticeParams<'webhook_changed'>['how']

/** Every administrator hears of it, who did it as well: their session may be in other hands. */
async function tell(tx: store.Tx, { actor }: Context, { url, owner }: store.Found, how: HowChanged): Promise<void> {
  const params = { host: new URL(url).host, how, by: describeActor(actor).id }
  for (const mailbox of await administrators(tx, owner)) await enqueueNotice(tx, { mailbox, kind: 'webhook_changed', params })
}

export async function createWebhook(context: Context, { url, events }: z.output<typeof CreateWebhook>): Promise<WebhookSecret> {
  if (!mayBeWebhook(url)) throw new AppError('webhook_url', { fields: ['url'] })
  const [id, secret] = [randomUUID(), newWebhookSecret()]
  const webhook = { id, url, events, secret: seal(secret, secretContext(id)), owner: describeActor(context.actor).id }
  return context.db.transaction(async (tx) => {
    if (!(await store.insertWebhook(tx, webhook, MOST_WEBHOOKS))) throw new AppError('webhook_limit', { values: { most: MOST_WEBHOOKS } })
    await tell(tx, context, webhook, 'created')
    return { id, secret }
  })
}

/** Whose address it was, for the audit; and for every administrator, where it changes what leaves the house. */
function changed(context: Context, change: (tx: store.Tx) => Promise<store.Found | undefined>, how?: HowChanged) {
  return context.db.transaction(async (tx) => {
    const row = await change(tx)
    if (!row) throw new AppError('not_found')
    context.audited.detail = { name: new URL(row.url).host }
    if (how) await tell(tx, context, row, how)
    return {}
  })
}

export const changeWebhook = (context: Context, { id, events }: z.output<typeof ChangeWebhook>) =>
  changed(context, (tx) => store.setEvents(tx, id, events), 'events')

export const switchWebhook = (context: Context, { id, on }: z.output<typeof SwitchWebhook>) =>
  changed(context, (tx) => (on ? store.switchOn(tx, id) : store.switchOff(tx, id, 'asked')), on ? 'on' : 'off')

export async function rotateWebhook(context: Context, { id }: z.output<typeof OneWebhook>): Promise<WebhookSecret> {
  const secret = newWebhookSecret()
  await changed(context, (tx) => store.setSecret(tx, id, seal(secret, secretContext(id))), 'secret')
  return { id, secret }
}

export const testWebhook = (context: Context, { id }: z.output<typeof OneWebhook>) =>
  changed(context, async (tx) => {
    const webhook = await store.findWebhook(tx, id)
    if (webhook) await emitTest(tx, id)
    return webhook
  })

export async function listDeliveries({ db }: Context, { id }: z.output<typeof OneWebhook>) {
  if (!(await store.findWebhook(db, id))) throw new AppError('not_found')
  return { deliveries: await store.listDeliveries(db, id) }
}

export const removeWebhook = (context: Context, { id }: z.output<typeof OneWebhook>) =>
  changed(context, (tx) => store.removeWebhook(tx, id), 'removed')
