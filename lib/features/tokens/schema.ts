import { z } from 'zod'
import { SCOPES } from '#lib/platform/scopes.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

export const MOST_TOKENS = 50

export const ListTokens = z.object({})
export const CreateToken = z.object({
  /** It stands in the audit and in the queue, where staff stand by their addresses: so it has no @. */
  name: z
    .string()
    .transform((typed) => typed.normalize('NFKC').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(2)
        .max(40)
        .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._()-]*$/u),
    ),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .transform((chosen) => SCOPES.filter((scope) => chosen.includes(scope))),
  days: wholeNumber({ min: 1, max: 365 }),
})
export const RevokeToken = z.object({ id: z.uuid() })

export const Token = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  /** The administrator who made it. */
  owner: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  expired: z.boolean(),
  lastUsed: z.object({ at: z.date(), ip: z.string().nullable() }).nullable(),
})
/** What was revoked is not in it. */
export const TokenList = z.object({ tokens: z.array(Token), most: z.number().int() })
/** The secret is shown this once. */
export const CreatedToken = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  secret: z.string(),
  expiresAt: z.date(),
})

export type Token = z.infer<typeof Token>
export type TokenList = z.infer<typeof TokenList>
export type CreatedToken = z.infer<typeof CreatedToken>
