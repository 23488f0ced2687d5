import { type Client, InvalidCredentialsError, PasswordPolicyControl, PasswordPolicyError } from 'ldapts'
import type { Profile } from './ldap-profile.ts'
import { passwordText } from './password-text.ts'
import type { Authentication } from './port.ts'

type Refusal = Extract<Authentication, { ok: false }>['reason']

/**
 * Null when the directory accepts this password for this entry. With `must_change`, OpenLDAP leaves the connection bound,
 * for nothing but the change.
 */
export async function bindAsPerson(client: Client, profile: Profile, dn: string, password: string): Promise<Refusal | null> {
  const policy = new PasswordPolicyControl()
  const controls = profile.kind === 'openldap' ? [policy] : []
  try {
    await client.bind(dn, passwordText(password), controls)
    return policyRefusal(policy)
  } catch (error) {
    if (!(error instanceof InvalidCredentialsError)) throw error
    return profile.kind === 'openldap' ? (policyRefusal(policy) ?? 'wrong_password') : adRefusal(error.message)
  }
}

/** draft-behera-ldap-password-policy 6.2. */
function policyRefusal({ value }: PasswordPolicyControl): Refusal | null {
  switch (value?.error) {
    case PasswordPolicyError.AccountLocked:
      return 'locked'
    case PasswordPolicyError.PasswordExpired:
      return 'expired'
    case PasswordPolicyError.ChangeAfterReset:
      return 'must_change'
    default:
      return null
  }
}

/** Active Directory's reason for code 49, as "data 775"; unknown accounts and wrong passwords are both 52e. */
const AD_REASONS: Record<string, Refusal> = {
  '533': 'disabled',
  '701': 'disabled',
  '775': 'locked',
  '532': 'expired',
  '773': 'must_change',
}

export function adRefusal(message: string): Refusal {
  return AD_REASONS[/\bdata ([0-9a-f]+)\b/.exec(message)?.[1] ?? ''] ?? 'wrong_password'
}
