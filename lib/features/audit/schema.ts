import { z } from 'zod'
import { ActivityEntry } from '#lib/platform/activity-entry.ts'
import { Day } from '#lib/platform/day.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

/** `unknown`: begun over a minute ago, and no outcome was written down. */
export const OUTCOMES = ['done', 'refused', 'failed', 'unknown'] as const

const line = (most: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(most)
        .regex(/^[^\p{Cc}\p{Cs}]+$/u),
    )
const Reference = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().regex(/^ph_[a-z2-7]{10}$/))

const Narrowed = z.object({
  /** Who did it: an address, or the id of a key or a job. */
  actor: line(254).optional(),
  /** Whose account it concerns. Not `mailbox`: that is the caller's own where it is left out. */
  account: MailboxAddress.optional(),
  operation: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/)
    .optional(),
  outcome: z
    .enum(OUTCOMES)
    .meta({ description: '`unknown`: begun over a minute ago, and no outcome was written down', examples: ['unknown'] })
    .optional(),
  ticket: line(50).optional(),
  reference: Reference.optional(),
  /** First and last day, in the site's time zone. */
  from: Day.optional(),
  to: Day.optional(),
})
export type Narrowed = z.output<typeof Narrowed>

export const ListAudit = Narrowed.extend({
  /** Entries before this one; the `next` of the page before. */
  before: wholeNumber({ min: 1 }).optional(),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
})
export const ExportAudit = Narrowed
export const OneEntry = z.object({ reference: Reference })
export const NoInput = z.object({})

export const AuditEntry = ActivityEntry.omit({ actor: true }).extend({
  actor: z.object({ kind: z.enum(['user', 'staff', 'apiKey', 'system', 'anonymous']), id: z.string(), roles: z.array(z.string()) }),
  mailbox: z.string().nullable(),
  userAgent: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.number().int().nullable() })
export type AuditPage = z.infer<typeof AuditPage>

export const AuditDetail = AuditEntry.extend({
  /** Its rows in the chain: what was meant, and what came of it. */
  rows: z.array(z.object({ seq: z.number().int(), phase: z.enum(['intent', 'outcome']), at: z.date(), hash: z.string() })),
})
export type AuditDetail = z.infer<typeof AuditDetail>

/** Page by page as it is read; not for the API, which has the pages of the list. */
export const ExportedAudit = z.object({ pages: z.custom<AsyncIterable<AuditEntry[]>>() })

export const FAULTS = ['changed', 'missing', 'cut', 'start'] as const
export const Chain = z.object({
  /** `unsealed`: the last verdict was not written by the portal. */
  state: z.enum(['whole', 'broken', 'stale', 'never', 'unsealed']),
  verdict: z
    .object({
      at: z.date(),
      rows: z.number().int(),
      /** The newest entry; written down outside, it shows later whether the end was cut and the seal replaced. */
      head: z.object({ seq: z.number().int(), hash: z.string() }),
      /** The first places, and how many there are. */
      faults: z.array(z.object({ seq: z.number().int(), fault: z.enum(FAULTS) })),
      found: z.number().int(),
    })
    .nullable(),
})
export type Chain = z.infer<typeof Chain>
