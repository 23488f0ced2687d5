import { z } from 'zod'
import { ActivityEntry } from '#lib/platform/activity-entry.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

export { ActivityEntry }

export const ListActivity = z.object({
  mailbox: MailboxAddress,
  /** Entries before this one; the `next` of the page before. */
  before: wholeNumber({ min: 1 }).optional(),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
})
export const ExportActivity = z.object({ mailbox: MailboxAddress })

export const ActivityPage = z.object({ entries: z.array(ActivityEntry), next: z.number().int().nullable() })

export type ActivityPage = z.infer<typeof ActivityPage>
