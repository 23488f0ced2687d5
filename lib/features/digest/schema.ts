import { z } from 'zod'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

export const FREQUENCIES = ['never', 'immediate', 'daily', 'weekly'] as const
/** What the links of one mail in a digest do. `allow`: release it, and put the sender on the person's own list. */
export const LINK_ACTIONS = ['release', 'allow', 'delete'] as const

export const ShowDigest = z.object({ mailbox: MailboxAddress })
export const SetDigest = z.object({
  mailbox: MailboxAddress,
  frequency: z.enum(FREQUENCIES),
  /** Of the day, by the site's clock; for daily and weekly. */
  hour: wholeNumber({ min: 0, max: 23 }),
  /** ISO 8601: Monday is 1; for weekly. */
  weekday: wholeNumber({ min: 1, max: 7 }),
})
export const FollowLink = z.object({ token: z.string().regex(/^[\w-]{43}$/) })

export const DigestState = z.object({
  frequency: z.enum(FREQUENCIES),
  hour: z.number().int(),
  weekday: z.number().int(),
  /** Null: never, or whenever something is held. */
  next: z.date().nullable(),
  /** Undecided mails that wait in the quarantine. */
  held: z.number().int(),
})

const Mail = z.object({
  /** Null: a message of a mail server about mail. */
  from: z.object({ name: z.string(), address: z.string() }).nullable(),
  subject: z.string().nullable(),
  heldAt: z.date(),
  expiresAt: z.date(),
  /** `decided`: not held any more. `helpdesk`: only the helpdesk releases it. */
  now: z.enum(['held', 'decided', 'helpdesk']),
})
/** What a link would do. Never the text of a mail (T40). */
export const CheckedLink = z.discriminatedUnion('action', [
  z.object({ action: z.enum(LINK_ACTIONS), mail: Mail }),
  z.object({ action: z.literal('unsubscribe') }),
])
export const FollowedLink = z.object({
  action: z.enum(LINK_ACTIONS),
  /** `decided`: the mail was not held any more. `helpdesk`: only the helpdesk releases it. */
  outcome: z.enum(['done', 'decided', 'helpdesk']),
  /** The sender that is allowed from now on. */
  allowed: z.string().nullable(),
})

export type Frequency = (typeof FREQUENCIES)[number]
export type LinkAction = (typeof LINK_ACTIONS)[number]
export type DigestState = z.infer<typeof DigestState>
export type CheckedLink = z.infer<typeof CheckedLink>
export type FollowedLink = z.infer<typeof FollowedLink>
