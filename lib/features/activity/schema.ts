import { z } from 'zod'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

export const ListActivity = z.object({
  mailbox: MailboxAddress,
  /** Entries before this one; the `next` of the page before. */
  before: wholeNumber({ min: 1 }).optional(),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
})
export const ExportActivity = z.object({ mailbox: MailboxAddress })

export const ActivityEntry = z.object({
  id: z.number().int(),
  reference: z.string(),
  at: z.date(),
  operation: z.string(),
  actor: z.object({ kind: z.enum(['user', 'staff', 'apiKey', 'system', 'anonymous']), name: z.string(), own: z.boolean() }),
  ip: z.string().nullable(),
  network: z.string().nullable(),
  browser: z.string(),
  system: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
  /** `unknown`: it was begun, and nothing says how it ended. */
  outcome: z.enum(['done', 'refused', 'failed', 'unknown']),
  code: z.string().nullable(),
})
export const ActivityPage = z.object({ entries: z.array(ActivityEntry), next: z.number().int().nullable() })

export type ActivityEntry = z.infer<typeof ActivityEntry>
export type ActivityPage = z.infer<typeof ActivityPage>
