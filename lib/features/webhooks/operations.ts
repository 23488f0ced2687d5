import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { mayKeepWebhooks } from './policy.ts'
import * as schema from './schema.ts'
import * as service from './service.ts'

export const listWebhooksOperation = operation({
  name: 'webhooks.list',
  summary: 'Where events are sent to, of which kinds, and how the last try went',
  method: 'GET',
  path: '/webhooks',
  input: schema.ListWebhooks,
  output: schema.WebhookList,
  policy: mayKeepWebhooks,
  audit: () => ({}),
  run: service.listWebhooks,
})

export const createWebhookOperation = operation({
  name: 'webhooks.create',
  summary: 'Have events sent to an address; the answer shows the secret of its signatures, once',
  method: 'POST',
  path: '/webhooks',
  input: schema.CreateWebhook,
  output: schema.WebhookSecret,
  policy: mayKeepWebhooks,
  stepUp: true,
  // The rest of an address may be a secret of the other side.
  audit: ({ url, events }) => ({ name: new URL(url).host, events }),
  run: service.createWebhook,
})

export const changeWebhookOperation = operation({
  name: 'webhooks.change',
  summary: 'Choose which events are sent to an address',
  method: 'POST',
  path: '/webhooks/{id}',
  input: schema.ChangeWebhook,
  output: z.object({}),
  policy: mayKeepWebhooks,
  stepUp: true,
  audit: ({ events }) => ({ events }),
  run: service.changeWebhook,
})

export const switchWebhookOperation = operation({
  name: 'webhooks.switch',
  summary: 'Switch an address off, or on again; what happens meanwhile is not sent later',
  method: 'POST',
  path: '/webhooks/{id}/switch',
  input: schema.SwitchWebhook,
  output: z.object({}),
  policy: mayKeepWebhooks,
  stepUp: true,
  audit: ({ on }) => ({ on }),
  run: service.switchWebhook,
})

export const rotateWebhookOperation = operation({
  name: 'webhooks.rotate',
  summary: 'Make a new secret, shown once; for a day the one before signs as well',
  method: 'POST',
  path: '/webhooks/{id}/secret',
  input: schema.OneWebhook,
  output: schema.WebhookSecret,
  policy: mayKeepWebhooks,
  stepUp: true,
  audit: () => ({}),
  run: service.rotateWebhook,
})

export const testWebhookOperation = operation({
  name: 'webhooks.test',
  summary: 'Send a test, once; how it went stands among the deliveries',
  method: 'POST',
  path: '/webhooks/{id}/test',
  input: schema.OneWebhook,
  output: z.object({}),
  policy: mayKeepWebhooks,
  limits: ({ id }) => [{ key: `webhooks.test:${id}`, limit: 10, per: '1 minute' }],
  audit: () => ({}),
  run: service.testWebhook,
})

export const listDeliveriesOperation = operation({
  name: 'webhooks.deliveries',
  summary: 'What was sent to an address in the last 30 days, the newest first',
  method: 'GET',
  path: '/webhooks/{id}/deliveries',
  input: schema.OneWebhook,
  output: schema.Deliveries,
  policy: mayKeepWebhooks,
  audit: () => ({}),
  run: service.listDeliveries,
})

export const removeWebhookOperation = operation({
  name: 'webhooks.remove',
  summary: 'Send nothing to an address any more, and forget it',
  method: 'DELETE',
  path: '/webhooks/{id}',
  input: schema.OneWebhook,
  output: z.object({}),
  policy: mayKeepWebhooks,
  stepUp: true,
  audit: () => ({}),
  run: service.removeWebhook,
})
