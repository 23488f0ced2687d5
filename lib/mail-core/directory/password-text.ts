import type { PasswordRefusal } from './port.ts'

/** RFC 8265 4.2.2: keyboards compose letters differently, and mean the same password. */
export const passwordText = (typed: string): string => typed.normalize('NFC')

/** Why no server is asked for this password; null when one may be. */
export function unfitPassword(next: string): PasswordRefusal | null {
  if (next === '') return 'too_short'
  // NUL ends a text for some servers, and half a surrogate pair becomes U+FFFD on the way, the same for all of them.
  return next.includes('\0') || !next.isWellFormed() ? 'rejected' : null
}
