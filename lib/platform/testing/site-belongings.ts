import { insertWebhook } from '#db/factories.ts'
import { createApiKey } from '../api-keys.ts'
import type { Resources } from '../context.ts'
import { seal } from '../crypto.ts'
import { newWebhookSecret, secretContext } from '../webhooks/signature.ts'

/** What the site has, made by this administrator. */
export interface SiteBelongings {
  token: string
  webhook: string
}

export async function furnishSite({ db }: Resources, name: string, owner: string): Promise<SiteBelongings> {
  const token = await createApiKey(db, { name: `token of ${name}`, scopes: ['figures'], days: 90, owner })
  const webhook = crypto.randomUUID()
  const [secret, previousSecret] = [newWebhookSecret(), newWebhookSecret()].map((text) => seal(text, secretContext(webhook)))
  // Nobody listens there.
  await insertWebhook(db, { id: webhook, url: 'https://127.0.0.1:1/', owner, secret, previousSecret, off: true })
  return { token: token?.id ?? '', webhook }
}

/** The name of a token is given once. */
let made = 0

export const SITE_EXAMPLES: Record<string, (of: SiteBelongings & { name: string }) => Record<string, unknown>> = {
  'tokens.create': ({ name }) => ({ name: `new token of ${name} ${++made}`, scopes: ['figures'], days: 90 }),
  'tokens.list': () => ({}),
  'tokens.revoke': ({ token }) => ({ id: token }),
  'webhooks.change': ({ webhook }) => ({ id: webhook, events: ['request.filed'] }),
  'webhooks.create': ({ name }) => ({ url: `https://${name}.example/hook`, events: ['request.filed', 'alarm.sms_budget'] }),
  'webhooks.deliveries': ({ webhook }) => ({ id: webhook }),
  'webhooks.list': () => ({}),
  'webhooks.remove': ({ webhook }) => ({ id: webhook }),
  'webhooks.rotate': ({ webhook }) => ({ id: webhook }),
  'webhooks.switch': ({ webhook }) => ({ id: webhook, on: false }),
  'webhooks.test': ({ webhook }) => ({ id: webhook }),
}
