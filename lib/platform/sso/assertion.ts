/** What an identity provider has said about a person, after its word was verified; the same for OIDC, CAS and SAML. */
export interface Assertion {
  /** The provider and its name for the person: together the key (T16). */
  iss: string
  sub: string
  /** The value of SSO_MAILBOX_CLAIM. */
  mailbox: string
  name: string
  groups: string[]
  /** When the person last proved who they are; null when the provider does not say. */
  authTime: Date | null
  /** The provider's own name for the session (`sid`, CAS ticket, SessionIndex), for single logout. */
  idpSession: string | null
  /** What the provider wants back at sign-out: the ID token, or the SAML name id. Kept sealed. */
  logoutHint: string | null
}

/** Claims and attributes come as one value, many, or one text with separators. */
export function valuesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf)
  if (typeof value !== 'string') return []
  return value
    .split(/[;,]\s*/)
    .map((part) => part.trim())
    .filter(Boolean)
}

export const firstOf = (value: unknown): string | undefined =>
  Array.isArray(value) ? firstOf(value[0]) : typeof value === 'string' ? value : undefined
