import { Attribute, Change, type Client, InsufficientAccessError, ResultCodeError } from 'ldapts'
import { sendChange } from './ldap-client.ts'
import type { PasswordWriter } from './ldap-profile.ts'
import type { PasswordRefusal } from './port.ts'

/** `unicodePwd` ([MS-ADTS] 3.1.1.3.1.5.1): taking the old value away is a person's change, replacing it is a reset. */
export const activeDirectoryPasswords: PasswordWriter = {
  needsEncryption: true,

  async change(client, dn, current, next) {
    const changes = [passwordChange('delete', current), passwordChange('add', next)]
    return modify(client, dn, changes, (error) => (error instanceof InsufficientAccessError ? 'rejected' : null))
  },

  // The server ends "must change" by itself with every new password, but not a lock.
  set: (client, dn, next) => modify(client, dn, [passwordChange('replace', next), NOT_LOCKED], () => null),

  unlock: (client, { dn }) => sendChange(client, () => client.modify(dn, NOT_LOCKED)),
}

const NOT_LOCKED = new Change({ operation: 'replace', modification: new Attribute({ type: 'lockoutTime', values: ['0'] }) })

const passwordChange = (operation: 'add' | 'delete' | 'replace', password: string) =>
  new Change({ operation, modification: new Attribute({ type: 'unicodePwd', values: [Buffer.from(`"${password}"`, 'utf16le')] }) })

async function modify(
  client: Client,
  dn: string,
  changes: Change[],
  explain: (error: ResultCodeError) => PasswordRefusal | null,
): Promise<PasswordRefusal | null> {
  try {
    await sendChange(client, () => client.modify(dn, changes))
    return null
  } catch (error) {
    const refusal = error instanceof ResultCodeError ? (adPasswordRefusal(error.message) ?? explain(error)) : null
    if (refusal) return refusal
    throw error
  }
}

/** Windows' error number ([MS-ERREF] 2.2) stands at the head of the text. Null when it is about something else. */
export function adPasswordRefusal(message: string): PasswordRefusal | null {
  switch (/^([0-9A-F]{8}):/i.exec(message)?.[1]?.toUpperCase()) {
    case '00000056':
      return 'wrong_password'
    case '00000533':
      return 'disabled'
    case '00000775':
      return 'locked'
    case '0000052D':
      return restriction(message)
    default:
      return null
  }
}

/** Samba says which rule it was. Windows keeps it to itself. */
function restriction(message: string): PasswordRefusal {
  if (/too young/i.test(message)) return 'too_young'
  if (/too short/i.test(message)) return 'too_short'
  if (/complexity/i.test(message)) return 'too_simple'
  return /already used/i.test(message) ? 'reused' : 'rejected'
}
