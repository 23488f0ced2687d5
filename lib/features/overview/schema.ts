import { z } from 'zod'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'

export const ShowOverview = z.object({ mailbox: MailboxAddress })

const LocalText = z.object({ zh: z.string(), en: z.string() })

/** What needs attention, most pressing first; each has one next step. */
export const Attention = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone_not_bound') }),
  z.object({ kind: z.literal('phone_changed'), masked: z.string(), until: z.date() }),
  z.object({
    kind: z.literal('unusual_sign_in'),
    id: z.uuid(),
    at: z.date(),
    network: z.string().nullable(),
    ip: z.string().nullable(),
    browser: z.string(),
    system: z.string(),
  }),
  z.object({ kind: z.literal('app_password_expiring'), id: z.uuid(), name: z.string(), daysLeft: z.number().int(), expiresAt: z.date() }),
  z.object({ kind: z.literal('app_passwords_off'), suspended: z.number().int() }),
  z.object({
    kind: z.literal('mass_deletion'),
    count: z.number().int(),
    client: z.string().nullable(),
    from: z.date(),
    to: z.date(),
    /** The first of them can be restored until then. */
    until: z.date(),
  }),
  z.object({ kind: z.literal('mail_held'), count: z.number().int() }),
  z.object({ kind: z.literal('quota'), usedBytes: z.number(), limitBytes: z.number() }),
  z.object({ kind: z.literal('password_expiring'), days: z.number().int(), expiresAt: z.date() }),
  z.object({ kind: z.literal('password_old'), days: z.number().int() }),
])
export const RecentMail = z.object({
  id: z.string(),
  from: z.object({ name: z.string(), address: z.string() }).nullable(),
  subject: z.string(),
  receivedAt: z.date(),
  size: z.number(),
  unread: z.boolean(),
})
export const Overview = z.object({
  name: z.string(),
  address: z.string(),
  attention: z.array(Attention),
  /** Who of the helpdesk has the account open now, and the digits that this person can name. */
  atHelpdesk: z.array(z.object({ name: z.string(), digits: z.string(), changesInSeconds: z.number().int() })),
  announcements: z.array(z.object({ id: z.uuid(), kind: z.enum(['stop', 'hold', 'wait']), title: LocalText, body: LocalText })),
  phone: z.string().nullable(),
  appPasswords: z.object({ on: z.boolean(), active: z.number().int(), most: z.number().int() }),
  passwordChangedDaysAgo: z.number().int().nullable(),
  /** Null when the mail store does not answer: the rest of the page stands all the same. */
  mailbox: z.object({ usedBytes: z.number(), limitBytes: z.number().nullable(), recent: z.array(RecentMail) }).nullable(),
  signIns: z.array(
    z.object({
      id: z.uuid(),
      at: z.date(),
      ip: z.string().nullable(),
      network: z.string().nullable(),
      browser: z.string(),
      system: z.string(),
      current: z.boolean(),
      unusual: z.boolean(),
    }),
  ),
})
export type Overview = z.infer<typeof Overview>
export type Attention = z.infer<typeof Attention>
