import {
  Attribute,
  BerWriter,
  Change,
  type Client,
  ConstraintViolationError,
  InsufficientAccessError,
  NoSuchAttributeError,
  PasswordPolicyControl,
  PasswordPolicyError,
  ResultCodeError,
  TypeOrValueExistsError,
  UnwillingToPerformError,
} from 'ldapts'
import { sendChange } from './ldap-client.ts'
import type { PasswordWriter } from './ldap-profile.ts'
import { generalizedTime, strings } from './ldap-values.ts'
import type { PasswordRefusal } from './port.ts'

const PASSWORD_MODIFY = '1.3.6.1.4.1.4203.1.11.1'

/** RFC 3062 under the password policy overlay, which forgets failures, a lock and "must change" with the old password. */
export const openldapPasswords: PasswordWriter = {
  needsEncryption: false,

  change: (client, dn, current, next) => modify(client, { dn, current, next }, (error, policy) => policy ?? refusalOfChange(error)),

  set: (client, dn, next) =>
    modify(client, { dn, next }, (error, policy) => policy ?? (error instanceof ConstraintViolationError ? 'rejected' : null)),

  async unlock(client, { dn, pwdAccountLockedTime }) {
    const [since] = strings(pwdAccountLockedTime)
    // A disabled account stays so: its value is no time.
    if (since === undefined || !generalizedTime(since)) return
    // By its value: if the account is being disabled at the same time, that holds. The overlay forgets the failures with it.
    const modification = new Attribute({ type: 'pwdAccountLockedTime', values: [since] })
    await sendChange(client, () => client.modify(dn, new Change({ operation: 'delete', modification }))).catch((error) => {
      if (!(error instanceof NoSuchAttributeError)) throw error
    })
  },
}

interface Modification {
  dn: string
  current?: string
  next: string
}

/** `explain` turns the server's no into a reason; without one, it is thrown. */
async function modify(
  client: Client,
  modification: Modification,
  explain: (error: ResultCodeError, policy: PasswordRefusal | null) => PasswordRefusal | null,
): Promise<PasswordRefusal | null> {
  const policy = new PasswordPolicyControl()
  try {
    await sendChange(client, () => client.exop(PASSWORD_MODIFY, passwdModify(modification), [policy]))
    return null
  } catch (error) {
    const refusal = error instanceof ResultCodeError ? explain(error, policyRefusal(policy)) : null
    if (refusal) return refusal
    throw error
  }
}

/** PasswdModifyRequestValue (RFC 3062 2): userIdentity [0], oldPasswd [1], newPasswd [2]. */
export function passwdModify({ dn, current, next }: Modification): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeString(dn, 0x80)
  if (current !== undefined) writer.writeString(current, 0x81)
  writer.writeString(next, 0x82)
  writer.endSequence()
  return writer.buffer
}

/** draft-behera-ldap-password-policy 6.2. */
function policyRefusal({ value }: PasswordPolicyControl): PasswordRefusal | null {
  switch (value?.error) {
    case PasswordPolicyError.AccountLocked:
      return 'locked'
    case PasswordPolicyError.InsufficientPasswordQuality:
      return 'too_simple'
    case PasswordPolicyError.PasswordTooShort:
      return 'too_short'
    case PasswordPolicyError.PasswordTooYoung:
      return 'too_young'
    case PasswordPolicyError.PasswordInHistory:
      return 'reused'
    case PasswordPolicyError.PasswordModNotAllowed:
    case PasswordPolicyError.MustSupplyOldPassword:
      return 'rejected'
    default:
      return null
  }
}

/** What slapd answers to a person without naming the policy. */
function refusalOfChange(error: ResultCodeError): PasswordRefusal | null {
  // A rule of the server, or of its access lists.
  if (error instanceof ConstraintViolationError || error instanceof InsufficientAccessError) return 'rejected'
  // Somebody has changed it since the bind: the old value is no longer there to be taken away.
  if (error instanceof NoSuchAttributeError || error instanceof TypeOrValueExistsError) return 'wrong_password'
  return error instanceof UnwillingToPerformError && /old password/i.test(error.message) ? 'wrong_password' : null
}
