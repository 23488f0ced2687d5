import { z } from 'zod'
import { FIGURES } from '#lib/platform/figures/figures.ts'
import { PERIODS } from '#lib/platform/figures/periods.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

/** Any moment of the period: a day or an hour of the site's clock (`2026-11-23`, `2026-11-23T10`), or an instant. Left out: now. */
const Moment = z
  .union([
    z.iso.date(),
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3])$/)
      .refine((text) => z.iso.date().safeParse(text.slice(0, 10)).success),
    z.iso.datetime({ offset: true }),
  ])
  .refine((text) => text >= '2000-01-01' && text < '2100-01-01')

export const ShowFigures = z.object({ period: z.enum(PERIODS).default('day'), from: Moment.optional() })

export const KPIS = ['sign_ins', 'resets_finished', 'texts_delivered', 'held', 'false_positives', 'calls_saved'] as const
export type KpiName = (typeof KPIS)[number]

export const Kpi = z.object({
  name: z.enum(KPIS),
  /** Per cent where `unit` says so. Null: there was nothing to take a share of. */
  value: z.number().nullable(),
  unit: z.enum(['count', 'percent']),
  /** Against as much of the period before; null where nothing can be compared. `unchanged` lies within a tenth of a point, or equal. */
  change: z
    .object({ by: z.number(), in: z.enum(['percent', 'points', 'count']), verdict: z.enum(['better', 'worse', 'neutral', 'unchanged']) })
    .nullable(),
})
export type Kpi = z.infer<typeof Kpi>

const Sum = z.object({
  figure: z.enum(FIGURES),
  dimension: z.string(),
  /** In the period so far; `compared` in its whole hours, beside `before` in as much of the period before. */
  value: z.number().int(),
  compared: z.number().int(),
  before: z.number().int(),
})

export const RESET_STEPS = ['reset_started', 'reset_sent', 'reset_proved', 'reset_chosen', 'reset_finished'] as const

export const Component = z.object({
  name: z.string(),
  /** What serves there, where it has a name. */
  technology: z.string().nullable(),
  state: z.enum(['working', 'slow', 'down', 'unknown']),
  milliseconds: z.number().int().nullable(),
  /** Per cent of the looks in the period at which it answered; null when nobody looked. */
  availability: z.number().nullable(),
})
export type Component = z.infer<typeof Component>

const Span = {
  period: z.enum(PERIODS),
  from: z.date(),
  to: z.date(),
  /** It is not over, so its figures still change. */
  running: z.boolean(),
  before: z.object({ from: z.date(), to: z.date() }),
  /** Up to here both are compared; null: nothing can be compared yet. */
  comparedTo: z.date().nullable(),
}

export const Figures = z.object({
  ...Span,
  /** When the worker counted last, and whether that is so long ago that it has stopped. */
  asOf: z.date().nullable(),
  stale: z.boolean(),
  kpis: z.array(Kpi),
  sums: z.array(Sum),
  /** Sign-ins by hour of a day, or by day of a week that is over, beside a week earlier. */
  chart: z.object({
    step: z.enum(['hour', 'day']),
    points: z.array(z.object({ at: z.date(), value: z.number().int().nullable(), past: z.number().int() })),
  }),
  /** Requests that wait for staff now: under 1, 4 and 24 hours, and older. */
  waiting: z.array(z.number().int()).length(4),
  components: z.array(Component),
  /** ISO 4217, of `texts_cost`, which is in its millionths. */
  currency: z.string(),
})
export type Figures = z.infer<typeof Figures>

/** What has a list behind it. */
export const Drilled = z.enum([
  'sign_ins',
  'reset_started',
  'reset_sent',
  'reset_proved',
  'reset_chosen',
  'reset_finished',
  'codes_sent',
  'codes_confirmed',
  'texts',
  'texts_delivered',
  'texts_failed',
  'app_passwords_made',
  'phones_bound',
  'held',
  'released',
  'restored',
  'recalled',
  'helpdesk_actions',
  'self_service',
])
export type Drilled = z.infer<typeof Drilled>

export const Drill = z.object({
  figure: Drilled,
  period: z.enum(PERIODS).default('day'),
  from: Moment.optional(),
  /** One of its countries, verdicts or operations. */
  dimension: z
    .string()
    .regex(/^[A-Za-z][\w.-]{0,99}$/)
    .optional(),
  /** The `next` of the page before. */
  before: z
    .string()
    .regex(/^\d{1,18}(\.[0-9a-f-]{32,36})?$/)
    .optional(),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
})

export const Row = z.object({
  at: z.date(),
  /** An address or a number, its middle hidden; staff by their address. Null where nobody is known. */
  who: z.string().nullable(),
  /** An operation, the state of a text, or the verdict of a filter. */
  what: z.string(),
  /** ISO 3166 of a text. */
  country: z.string().nullable(),
  /** What became of a text. */
  reason: z.string().nullable(),
  /** Of the audit. */
  reference: z.string().nullable(),
})
export type Row = z.infer<typeof Row>

export const DrillPage = z.object({
  ...Span,
  figure: Drilled,
  dimension: z.string().nullable(),
  value: z.number().int(),
  compared: z.number().int(),
  beforeValue: z.number().int(),
  /** Of a step of a reset: how many got no further than the one before, and why. */
  stopped: z.object({ value: z.number().int(), before: z.number().int() }).nullable(),
  parts: z.array(z.object({ dimension: z.string(), value: z.number().int(), before: z.number().int() })),
  list: z.enum(['audit', 'texts', 'held']),
  rows: z.array(Row),
  next: z.string().nullable(),
})
export type DrillPage = z.infer<typeof DrillPage>

/** Who watches: one person's oldest streams give way to newer ones. */
export const Watched = z.object({ viewer: z.string() })

export const ExportFigures = ShowFigures.extend({ figure: z.enum(FIGURES).optional() })
export const ExportedFigures = z.object({
  ...Span,
  rows: z.array(z.object({ hour: z.date(), figure: z.enum(FIGURES), dimension: z.string(), value: z.number().int() })),
})
