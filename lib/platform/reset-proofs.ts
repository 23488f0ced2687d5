import { base32, blindIndex } from './crypto.ts'

/** What proves a reset beside a text: 12 characters of `a-z2-7`, 60 bits, only the keyed digest stored. */
const LENGTH = 12

export const newResetSecret = (): string => base32(LENGTH)

/** Bound to its kind and mailbox: moved to another row it proves nothing. */
export const resetSecretDigest = (kind: 'recovery_code' | 'pass', mailbox: string, secret: string): Uint8Array =>
  blindIndex(`${kind}:${mailbox}:${secret}`)
