import type { Webhook } from '#lib/features/webhooks/schema.ts'

type Event = Webhook['events'][number]

/** Named here too, since the schemas stay on the server. */
const ALL: Record<Event, true> = {
  'request.filed': true,
  'request.decided': true,
  'request.withdrawn': true,
  'alarm.component_down': true,
  'alarm.component_up': true,
  'alarm.sms_budget': true,
  'alarm.audit_broken': true,
}
export const EVENTS = Object.keys(ALL) as Event[]
