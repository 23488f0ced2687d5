import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { describeActor } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { seal } from '#lib/platform/crypto.ts'
import { AppError } from '#lib/platform/errors.ts'
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

export async function createWebhook({ db, actor }: Context, { url, events }: z.output<typeof CreateWebhook>): Promise<WebhookSecret> {
  if (!mayBeWebhook(url)) throw new AppError('webhook_url', { fields: ['url'] })
  const [id, secret] = [randomUUID(), newWebhookSecret()]
  const webhook = { id, url, events, secret: seal(secret, secretContext(id)), owner: describeActor(actor).id }
  if (!(await store.insertWebhook(db, webhook, MOST_WEBHOOKS))) throw new AppError('webhook_limit', { values: { most: MOST_WEBHOOKS } })
  return { id, secret }
}

/** Whose address it was, for the audit. */
async function changed({ audited }: Context, change: Promise<{ url: string } | undefined>) {
  const row = await change
  if (!row) throw new AppError('not_found')
  audited.detail = { name: new URL(row.url).host }
  return {}
}

export const changeWebhook = (context: Context, { id, events }: z.output<typeof ChangeWebhook>) =>
  changed(context, store.setEvents(context.db, id, events))

export const switchWebhook = (context: Context, { id, on }: z.output<typeof SwitchWebhook>) =>
  changed(
    context,
    context.db.transaction((tx) => (on ? store.switchOn(tx, id) : store.switchOff(tx, id, 'asked'))),
  )

export async function rotateWebhook(context: Context, { id }: z.output<typeof OneWebhook>): Promise<WebhookSecret> {
  const secret = newWebhookSecret()
  await changed(context, store.setSecret(context.db, id, seal(secret, secretContext(id))))
  return { id, secret }
}

export const testWebhook = (context: Context, { id }: z.output<typeof OneWebhook>) =>
  changed(
    context,
    context.db.transaction(async (tx) => {
      const webhook = await store.findWebhook(tx, id)
      if (webhook) await emitTest(tx, id)
      return webhook
    }),
  )

export async function listDeliveries({ db }: Context, { id }: z.output<typeof OneWebhook>) {
  if (!(await store.findWebhook(db, id))) throw new AppError('not_found')
  return { deliveries: await store.listDeliveries(db, id) }
}

export const removeWebhook = (context: Context, { id }: z.output<typeof OneWebhook>) =>
  changed(context, store.removeWebhook(context.db, id))
