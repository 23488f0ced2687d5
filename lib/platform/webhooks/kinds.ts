import { z } from 'zod'
import { REQUEST_KINDS, REQUEST_STATES } from '../request-kinds.ts'

const component = z.string().describe('As the dashboard and the metrics name it')
const count = z.number().int().min(0)

/** What each event tells: ids, kinds and counts, nothing of a person. Who wants to know more asks the API. */
export const EVENT_DATA = {
  'request.filed': z.strictObject({ request: z.uuid(), kind: z.enum(REQUEST_KINDS) }),
  'request.decided': z.strictObject({ request: z.uuid(), kind: z.enum(REQUEST_KINDS), state: z.enum(REQUEST_STATES) }),
  /** The owner took it back. */
  'request.withdrawn': z.strictObject({ request: z.uuid() }),
  'alarm.component_down': z.strictObject({ component }),
  'alarm.component_up': z.strictObject({ component }),
  /** So much of the day's texts is spent; at 100 none is sent any more. */
  'alarm.sms_budget': z.strictObject({ percent: z.union([z.literal(80), z.literal(100)]), texts: count, budget: count }),
  /** The audit does not hold together, or nobody has verified it for hours. */
  'alarm.audit_broken': z.strictObject({ component }),
} as const

export type WebhookEvent = keyof typeof EVENT_DATA
export type EventData<E extends WebhookEvent> = (typeof EVENT_DATA)[E]
export const WEBHOOK_EVENTS = Object.keys(EVENT_DATA) as [WebhookEvent, ...WebhookEvent[]]

/** How a try ended that brought nothing there. `address`: it is none that webhooks may reach. */
export const PROBLEMS = ['address', 'unreachable', 'tls', 'timeout', 'redirect', 'gone', 'status', 'off'] as const
export type Problem = (typeof PROBLEMS)[number]
