import { z } from 'zod'
import { PROBLEMS, WEBHOOK_EVENTS } from '#lib/platform/webhooks/kinds.ts'

export const MOST_WEBHOOKS = 20

const Events = z
  .array(z.enum(WEBHOOK_EVENTS))
  .min(1)
  .transform((chosen) => WEBHOOK_EVENTS.filter((event) => chosen.includes(event)))
export const ListWebhooks = z.object({})
export const CreateWebhook = z.object({ url: z.url({ protocol: /^https?$/ }).max(500), events: Events })
export const ChangeWebhook = z.object({ id: z.uuid(), events: Events })
export const SwitchWebhook = z.object({ id: z.uuid(), on: z.boolean() })
export const OneWebhook = z.object({ id: z.uuid() })

const Try = {
  event: z.enum([...WEBHOOK_EVENTS, 'webhook.test']),
  /** `queued`: on its way, or waiting for its next try. */
  state: z.enum(['queued', 'delivered', 'failed']),
  attempts: z.number().int(),
  /** Of HTTP, at the last try; null without an answer. */
  status: z.number().int().nullable(),
  problem: z.enum(PROBLEMS).nullable(),
  createdAt: z.date(),
  triedAt: z.date().nullable(),
}
export const Webhook = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  on: z.boolean(),
  /** `failing`: nothing arrived for three days; `gone`: the other side said so. Null while it is on. */
  offReason: z.enum(['asked', 'failing', 'gone']).nullable(),
  failingSince: z.date().nullable(),
  owner: z.string(),
  createdAt: z.date(),
  /** Until then the secret before signs as well. */
  previousSignsUntil: z.date().nullable(),
  last: z.object(Try).nullable(),
})
export const WebhookList = z.object({ webhooks: z.array(Webhook), most: z.number().int() })
/** The secret is shown this once. */
export const WebhookSecret = z.object({ id: z.uuid(), secret: z.string() })
/** The newest fifty. */
export const Deliveries = z.object({ deliveries: z.array(z.object({ id: z.string(), ...Try })) })

export type Webhook = z.infer<typeof Webhook>
export type WebhookList = z.infer<typeof WebhookList>
export type WebhookSecret = z.infer<typeof WebhookSecret>
export type Delivery = z.infer<typeof Deliveries>['deliveries'][number]
