import { z } from 'zod'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'

/** The job that looks an account up, and sends its code. */
export const LOOK_UP = 'reset.look-up'

/** Known to this browser alone, in a cookie; the server keeps its hash. */
const Token = z.string().regex(/^[\w-]{43}$/)
const Password = z
  .string()
  .max(10_000)
  .regex(/^[^\0]+$/)
const line = z
  .string()
  .trim()
  .regex(/^[^\u0000-\u001f\u007f]*$/)
/** As people type and paste it: full-width digits, spaces, hyphens, capitals. A slip of another form costs no try. */
const Code = z
  .string()
  .max(60)
  .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().regex(/^(\d{8}|[a-z2-7]{12})$/))

export const StartReset = z.object({
  /** Student or staff number, login, or mail address: as typed. */
  account: line.min(1).max(320),

  /** `text`: a code goes to the bound phone. `pass`: the person has a one-time pass or a recovery code at hand. */
  by: z.enum(['text', 'pass']),
})
export const OfFlow = z.object({ token: Token })
export const ProveReset = z.object({ token: Token, code: Code })
export const ChooseNew = z.object({ token: Token, next: Password })

export const SendCode = z.object({ flow: z.uuid() })
export const IssuePass = z.object({ mailbox: MailboxAddress })

export const Started = z.object({ token: z.string() })

const Proof = z.enum(['text', 'recovery_code', 'pass'])
export const ResetState = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('code'),
    by: z.enum(['text', 'pass']),
    /** What was proved so far, where the site asks for two. */
    proved: z.array(Proof),
    triesLeft: z.number().int(),
    resendInSeconds: z.number().int(),
  }),
  z.object({
    step: z.literal('new'),
    expiresInSeconds: z.number().int(),
    /** Locked by wrong passwords: may be unlocked and keep the password. */
    locked: z.boolean(),
    rules: z.object({
      policy: z.object({
        profile: z.enum(['nist', 'mlps3']),
        least: z.number().int(),
        most: z.number().int(),
        siteWords: z.array(z.string()),
      }),
      person: z.object({ name: z.string(), nameEn: z.string().nullable(), login: z.string(), address: z.string() }),
    }),
  }),
])
export const Reset = z.object({
  at: z.date(),
  /** Masked; null where no phone is bound. */
  phone: z.string().nullable(),
  appPasswords: z.object({ active: z.number().int(), revoked: z.number().int() }),
  /** Of those that were still good. */
  recoveryCodesEnded: z.number().int(),
})
/** Shown once to the member of staff. */
export const Pass = z.object({ pass: z.string(), expiresAt: z.date() })

export type StartReset = z.output<typeof StartReset>
export type ResetState = z.infer<typeof ResetState>
export type Reset = z.infer<typeof Reset>
export type Proof = z.infer<typeof Proof>
