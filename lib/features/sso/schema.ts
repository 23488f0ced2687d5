import { z } from 'zod'
import type { Role } from '#lib/platform/actor.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'

/** Postgres stores no NUL. */
const text = z.string().regex(/^[^\0]*$/)

/** See `Assertion`: made by our own verifiers, never by a browser. */
export const SignIn = z.object({
  iss: text.min(1).max(500),
  sub: text.min(1).max(500),
  mailbox: text.max(300),
  name: text.max(300),
  groups: z.array(text.max(300)).max(2_000),
  authTime: z.date().nullable(),
  idpSession: text.max(500).nullable(),
  logoutHint: text.max(20_000).nullable(),
  /** The session of this browser until now. */
  previousSid: text.nullable(),
})
export const OwnSessions = z.object({ mailbox: MailboxAddress })
export const OneSession = z.object({ mailbox: MailboxAddress, id: z.uuid() })
export const ReviewSignIn = z.object({ mailbox: MailboxAddress, id: z.uuid(), mine: z.boolean() })
export const ProviderLogout = z.object({ iss: text, idpSession: text.nullable(), sub: text.nullable() })

export const SignInRecord = z.object({
  id: z.uuid(),
  at: z.date(),
  lastSeenAt: z.date(),
  ip: z.string().nullable(),
  network: z.string().nullable(),
  browser: z.string(),
  system: z.string(),
  unusual: z.boolean(),
  reviewed: z.boolean(),
  current: z.boolean(),
  live: z.boolean(),
  endReason: z.string().nullable(),
})
export const SessionList = z.object({ live: z.array(SignInRecord), recent: z.array(SignInRecord) })

export type SignInRecord = z.infer<typeof SignInRecord>
export type SessionList = z.infer<typeof SessionList>

export interface Person {
  name: string
  address: string
  roles: Role[]
}
