import { z } from 'zod'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'

const Code = z.string().regex(/^\d{6}$/)

export const ShowPhone = z.object({ mailbox: MailboxAddress })
export const StartBinding = z.object({ mailbox: MailboxAddress, number: z.string().min(3).max(40) })
export const ResendCodes = z.object({ mailbox: MailboxAddress, flow: z.uuid() })
export const ConfirmBinding = z.object({ mailbox: MailboxAddress, flow: z.uuid(), code: Code, oldCode: Code.optional() })
export const CancelChange = z.object({ token: z.string().regex(/^[\w-]{43}$/) })

export const Flow = z.object({
  id: z.uuid(),
  kind: z.enum(['bind', 'change']),
  /** The number that the code went to, masked. */
  masked: z.string(),
  /** The old number, where it gets a code too. */
  oldMasked: z.string().nullable(),
  expiresInSeconds: z.number().int(),
  resendInSeconds: z.number().int(),
})
export const PhoneState = z.object({
  bound: z.object({ masked: z.string(), boundAt: z.date(), coolingUntil: z.date().nullable() }).nullable(),
  flow: Flow.nullable(),
  /** For how long a change will cool off. */
  coolingHours: z.number().int(),
})
export const Bound = z.object({ masked: z.string(), coolingUntil: z.date().nullable() })

export type Flow = z.infer<typeof Flow>
export type PhoneState = z.infer<typeof PhoneState>
