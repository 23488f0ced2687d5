import { z } from 'zod'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'

export const PROTOCOLS = ['imap', 'pop3', 'smtp'] as const
export const VALID_DAYS = [30, 90, 180, 365] as const

const Protocol = z.enum(PROTOCOLS)
const Name = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(60)
      .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}]+$/u),
  )

export const ListAppPasswords = z.object({ mailbox: MailboxAddress })
export const SwitchAppPasswords = z.object({ mailbox: MailboxAddress, on: z.boolean() })
export const CreateAppPassword = z
  .object({
    mailbox: MailboxAddress,
    name: Name,
    days: z.union(VALID_DAYS.map((days) => z.literal(days))).optional(),
    /** Instead of days: the last day on which it works, in the site's time zone. */
    expiresOn: z.iso.date().optional(),
    protocols: z
      .array(Protocol)
      .min(1)
      .max(3)
      .transform((list) => [...new Set(list)]),
    /** Also send it to the bound phone. */
    sms: z.boolean().default(false),
  })
  .refine(({ days, expiresOn }) => (days === undefined) !== (expiresOn === undefined), { path: ['expiresOn'] })
export const RevokeAppPassword = z.object({ mailbox: MailboxAddress, id: z.uuid() })

export const AppPassword = z.object({
  id: z.uuid(),
  name: z.string(),
  protocols: z.array(Protocol),
  createdAt: z.date(),
  expiresAt: z.date(),
  /** Whole days until it expires; negative when it has. */
  daysLeft: z.number().int(),
  lastUsed: z.object({ at: z.date(), ip: z.string().nullable(), network: z.string().nullable(), protocol: Protocol }).nullable(),
})
export const AppPasswordList = z.object({
  on: z.boolean(),
  most: z.number().int(),
  /** For how many days one may be good. */
  mostDays: z.number().int(),
  active: z.number().int(),
  phone: z.object({ masked: z.string(), coolingUntil: z.date().nullable() }).nullable(),
  items: z.array(AppPassword),
})
export const CreatedAppPassword = z.object({
  id: z.uuid(),
  /** Shown once; only its digest is kept. */
  secret: z.string(),
  name: z.string(),
  address: z.string(),
  expiresAt: z.date(),
  protocols: z.array(Protocol),
  /** The masked number that it was also sent to. */
  sentTo: z.string().nullable(),
  servers: z.object({ imap: z.string(), smtp: z.string() }),
})

export type AppPassword = z.infer<typeof AppPassword>
export type AppPasswordList = z.infer<typeof AppPasswordList>
export type CreatedAppPassword = z.infer<typeof CreatedAppPassword>
export type Protocol = z.infer<typeof Protocol>
