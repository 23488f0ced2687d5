import { z } from 'zod'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'

/** Longer than any password may be, so that what is wrong with it can be told in a sentence of its own. */
const Password = z
  .string()
  .max(10_000)
  .regex(/^[^\0]+$/)

export const ShowPassword = z.object({ mailbox: MailboxAddress })
export const ChangePassword = z.object({ mailbox: MailboxAddress, current: Password, next: Password })

export const SettleChange = z.object({ change: z.uuid() })

/** What the browser needs to judge a password while it is typed. */
export const Rules = z.object({
  policy: z.object({
    profile: z.enum(['nist', 'mlps3']),
    least: z.number().int(),
    most: z.number().int(),
    siteWords: z.array(z.string()),
  }),
  person: z.object({ name: z.string(), nameEn: z.string().nullable(), login: z.string(), address: z.string() }),
})
export const PasswordState = z.object({
  changedAt: z.date().nullable(),
  /** Whole days since, by the database's clock. */
  ageDays: z.number().int().nullable(),
  expiresAt: z.date().nullable(),
  rules: Rules,
  /** Null where none were ever made. */
  recoveryCodes: z.object({ left: z.number().int(), made: z.number().int(), madeAt: z.date() }).nullable(),
  /** Whether a text to the phone can start a reset; staff accounts never (T10). */
  resetByPhone: z.enum(['yes', 'no_phone', 'cooling_off', 'staff']),
})
export const Changed = z.object({ at: z.date(), sessionsEnded: z.number().int() })
export const Settled = z.object({ outcome: z.enum(['changed', 'unchanged', 'settled']) })
/** Shown once. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()), madeAt: z.date() })

export type PasswordState = z.infer<typeof PasswordState>
export type Changed = z.infer<typeof Changed>
export type RecoveryCodes = z.infer<typeof RecoveryCodes>
