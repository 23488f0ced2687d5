import { z } from 'zod'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'

export const PROTOCOLS = ['imap', 'pop3', 'smtp'] as const
export const PROFILE_DAYS = [90, 180, 365] as const
/** A request of Outlook has some 400 characters. */
const LONGEST_REQUEST = 16_384

const Protocol = z.enum(PROTOCOLS)
const Own = z.object({ mailbox: MailboxAddress })

export const ShowClientSetup = Own
export const TakeOwnProfile = Own

const DeviceName = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(60)
      .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}]+$/u),
  )

export const OfferProfile = Own.extend({ name: DeviceName, days: z.union(PROFILE_DAYS.map((days) => z.literal(days))) })
export const TakeProfile = z.object({ token: z.string().regex(/^[\w-]{43}$/) })

/** What is typed or pasted, without the gaps that a screen shows between its groups. */
export const CheckAppPassword = Own.extend({
  secret: z
    .string()
    .max(200)
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^[^\p{Cc}]+$/u)),
})

export const AskAutoconfig = z.object({ address: MailboxAddress.optional() })
export const AskAutodiscover = z.object({
  body: z
    .string()
    .max(LONGEST_REQUEST)
    .regex(/^[^\0]+$/)
    .optional(),
})
export const AskAutodiscoverUrl = z.object({ address: MailboxAddress, protocol: z.string().regex(/^[a-z0-9]{1,40}$/i) })
export const AskPacc = z.object({})
export const ShowDns = z.object({
  domain: z
    .string()
    .regex(/^[a-z0-9.-]{1,253}$/i)
    .optional(),
})

export const ClientSetup = z.object({
  address: z.string(),
  servers: z.array(z.object({ protocol: Protocol, host: z.string(), port: z.number().int(), security: z.enum(['tls', 'starttls']) })),
  /** Whether Apple devices show the profile as verified. */
  signed: z.boolean(),
  appPasswords: z.object({ on: z.boolean(), phone: z.boolean(), mostDays: z.number().int() }),
})
export const Document = z.object({ text: z.string() })
/** In Base64: signed, it is no text. */
export const Profile = z.object({ profile: z.base64() })
export const OfferedProfile = z.object({
  /** Opened once, it gives the profile with a fresh app password inside. */
  url: z.url(),
  expiresAt: z.date(),
})

/** Why an app password does not do, or that it does. */
export const VERDICTS = [
  'works',
  'unknown',
  'revoked',
  'expired',
  'disabled',
  'switched_off',
  'wrong_protocol',
  'unreachable',
  'refused',
] as const
export const CheckedAppPassword = z.object({
  verdict: z.enum(VERDICTS),
  /** Of the app password; null when it is none of this mailbox. */
  name: z.string().nullable(),
  /** When it expired or was revoked; of one that works, when it will expire. */
  at: z.date().nullable(),
  /** Whether it looks like an app password at all. */
  wellFormed: z.boolean(),
  /** What each server said; `not_allowed` where the app password was not made for it. */
  servers: z.array(
    z.object({ protocol: Protocol, server: z.string(), answer: z.enum(['accepted', 'refused', 'not_allowed', 'unreachable']) }),
  ),
})

export const DnsRecords = z.object({
  domain: z.string(),
  domains: z.array(z.string()),
  records: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['SRV', 'CNAME', 'TXT', 'A', 'AAAA']),
      value: z.string(),
      use: z.enum(['servers', 'thunderbird', 'outlook', 'pacc']),
      published: z.enum(['published', 'missing', 'different', 'unknown']),
      found: z.array(z.string()),
    }),
  ),
})

export type Protocol = z.infer<typeof Protocol>
export type ClientSetup = z.infer<typeof ClientSetup>
export type OfferedProfile = z.infer<typeof OfferedProfile>
export type CheckedAppPassword = z.infer<typeof CheckedAppPassword>
export type Verdict = CheckedAppPassword['verdict']
export type DnsRecords = z.infer<typeof DnsRecords>
