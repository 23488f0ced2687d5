import { z } from 'zod'
import { HELD_VERDICTS } from '#lib/mail-core/quarantine/port.ts'
import { ActivityEntry } from '#lib/platform/activity-entry.ts'
import { LOCALES } from '#lib/platform/i18n/locale.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { REQUEST_KINDS, REQUEST_STATES } from '#lib/platform/request-kinds.ts'

const text = (least: number, most: number) =>
  z
    .string()
    .transform((typed) => typed.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(least)
        .max(most)
        .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u),
    )

export const ListCalls = z.object({})
/** An address, a login, a name, a staff or student number, or a phone by its last four digits or the whole of it; wide letters and digits are plain ones. */
export const SearchAccounts = z.object({
  query: z
    .string()
    .transform((typed) => typed.normalize('NFKC'))
    .pipe(text(2, 100)),
})
/** `mailbox` is an address, or a reference from an answer. */
export const OneAccount = z.object({ mailbox: MailboxAddress })
export const SendCallCode = z.object({
  mailbox: MailboxAddress,
  /** What the caller speaks. */
  locale: z.enum(LOCALES).optional(),
})
export const METHODS = ['phone_code', 'call_back', 'document'] as const
export const DOCUMENTS = ['identity_card', 'passport', 'staff_card', 'other'] as const
/** `code` with `phone_code`, `document` with `document`, and with `call_back` who answered, as `note`. Of a document only its kind and its end are kept. */
export const VerifyCaller = z
  .object({
    mailbox: MailboxAddress,
    method: z.enum(METHODS),
    code: z
      .string()
      .max(20)
      .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, ''))
      .pipe(z.string().regex(/^\d{6}$/))
      .optional(),
    document: z.object({ kind: z.enum(DOCUMENTS), ending: z.string().regex(/^[0-9A-Za-z]{4}$/) }).optional(),
    note: text(2, 200).optional(),
  })
  .refine(({ method, code }) => (method === 'phone_code') === (code !== undefined), { path: ['code'] })
  .refine(({ method, document }) => (method === 'document') === (document !== undefined), { path: ['document'] })
  .refine(({ method, note }) => method !== 'call_back' || note !== undefined, { path: ['note'] })

const count = z.number().int()
const Phone = z.object({ masked: z.string(), boundAt: z.date(), coolingUntil: z.date().nullable() })
export const Verified = z.object({ method: z.enum(METHODS), at: z.date(), until: z.date(), endsInSeconds: count })

export const FoundAccounts = z.object({
  accounts: z.array(
    z.object({
      /** Opens it, for whoever asked. */
      account: z.string(),
      /** Masked, all of them: `林*`, `l***e@yunling.example`, `2014****87`, `138****8000`. */
      name: z.string(),
      address: z.string(),
      number: z.string().nullable(),
      phone: z.string().nullable(),
      disabled: z.boolean(),
    }),
  ),
})
/** Whom this member of staff has verified, while it lasts, the latest first; they are not masked. */
export const Calls = z.object({ calls: z.array(Verified.extend({ account: z.string(), name: z.string(), address: z.string() })) })
export const Account = z.object({
  account: z.string(),
  /** Whom the caller was verified as; null: the four below are masked, and `details` stay shut. */
  verified: Verified.nullable(),
  name: z.string(),
  address: z.string(),
  number: z.string().nullable(),
  /** Null before the verification. */
  unit: z.string().nullable(),
  /** The last digits of the number on file, for a call back. */
  officePhoneEnding: z.string().nullable(),
  /** Always masked. */
  phone: Phone.nullable(),
  /** What the owner sees too: the caller can ask for it. */
  sign: z.object({ digits: z.string(), changesInSeconds: count }),
  state: z.object({ disabled: z.boolean(), locked: z.boolean(), mustChange: z.boolean() }),
  /** Null while the mail store is away. */
  storage: z.object({ usedBytes: z.number(), limitBytes: z.number().nullable() }).nullable(),
  details: z
    .object({
      passwordChangedAt: z.date().nullable(),
      passwordExpiresAt: z.date().nullable(),
      appPasswords: z.object({ on: z.boolean(), active: count }),
      sessions: count,
      /** By verdict; null while the mail store is away, as is `deleted`, of the last seven days. */
      held: z.partialRecord(z.enum(HELD_VERDICTS), count).nullable(),
      deleted: count.nullable(),
      signIns: z.array(
        z.object({
          id: z.uuid(),
          at: z.date(),
          ip: z.string().nullable(),
          network: z.string().nullable(),
          browser: z.string(),
          system: z.string(),
          unusual: z.boolean(),
          live: z.boolean(),
        }),
      ),
      requests: z.array(z.object({ id: z.uuid(), kind: z.enum(REQUEST_KINDS), state: z.enum(REQUEST_STATES), createdAt: z.date() })),
      /** Without the looks of staff, which would leave no room for the rest. */
      activity: z.array(ActivityEntry),
    })
    .nullable(),
})
export const SentCode = z.object({ masked: z.string(), expiresInSeconds: count, resendInSeconds: count })
export const Unmasked = z.object({ number: z.string() })
export const Filed = z.object({ id: z.uuid() })

export type Calls = z.infer<typeof Calls>
export type SentCode = z.infer<typeof SentCode>
export type Account = z.infer<typeof Account>
export type FoundAccounts = z.infer<typeof FoundAccounts>
