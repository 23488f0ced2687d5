import type { Client, Entry } from 'ldapts'
import { MailCoreError } from '../errors.ts'
import { bindAsPerson } from './ldap-bind.ts'
import { changeError, isEncrypted, type LdapServer, withClient } from './ldap-client.ts'
import type { Profile } from './ldap-profile.ts'
import { entryOf, isDisabled } from './ldap-search.ts'
import { passwordText, unfitPassword } from './password-text.ts'
import type { Directory, DirectoryAccount, PasswordChange, PasswordRefusal } from './port.ts'

export interface FoundAccount {
  entry: Entry
  profile: Profile
  account: DirectoryAccount
}

/** Runs `work` bound as the service account; `failed` makes a `MailCoreError` of what goes wrong. */
export type AsService = <T>(work: (client: Client, profile: Profile) => Promise<T>, failed?: (cause: unknown) => never) => Promise<T>

type Failed = (cause: unknown) => never
type Passwords = Pick<Directory, 'changePassword' | 'setPassword' | 'unlock'>

export function ldapPasswords(
  server: LdapServer & { base: string },
  asService: AsService,
  read: (name: string, failed: Failed) => Promise<FoundAccount | null>,
): Passwords {
  async function change(address: string, current: string, next: string): Promise<PasswordRefusal | null> {
    const found = await read(address, changeError)
    if (!found) return 'not_found'
    // RFC 4513 5.1.2: a bind without a password would succeed (T6).
    if (current === '') return 'wrong_password'
    const { entry, profile, account } = found
    demandEncryption(server, profile)
    const exchange = (client: Client) => profile.passwords.change(client, entry.dn, passwordText(current), passwordText(next))
    const refusal = await withClient(server, async (client) => {
      const reason = await bindAsPerson(client, profile, entry.dn, current)
      if (account.disabled) return reason === 'wrong_password' ? reason : 'disabled'
      return client.isBound ? exchange(client) : reason
    }).catch(changeError)
    // The right password, with which nobody may bind: the old one in the change itself is the proof.
    if (refusal === 'expired' || refusal === 'must_change') return asService(exchange, changeError)
    return refusal
  }

  const set = (address: string, next: string): Promise<PasswordRefusal | null> =>
    asService(async (client, profile) => {
      demandEncryption(server, profile)
      const entry = await entryOf(client, profile, server.base, address)
      if (!entry) return 'not_found'
      // OpenLDAP would enable the account with its new password: nothing stands between this question and the change.
      if (await isDisabled(client, profile, entry)) return 'disabled'
      return profile.passwords.set(client, entry.dn, passwordText(next))
    }, changeError)

  return {
    changePassword: async (address, current, next) => outcome(unfitPassword(next) ?? (await change(address, current, next))),
    setPassword: async (address, next) => outcome(unfitPassword(next) ?? (await set(address, next))),
    unlock: (address) =>
      asService(async (client, profile) => {
        const entry = await entryOf(client, profile, server.base, address)
        if (entry) await profile.passwords.unlock(client, entry)
        return entry !== null
      }, changeError),
  }
}

const outcome = (refusal: PasswordRefusal | null): PasswordChange => (refusal ? { ok: false, reason: refusal } : { ok: true })

/** Active Directory refuses the attribute without TLS, but it would have gone over the wire by then. */
function demandEncryption(server: LdapServer, { passwords }: Profile): void {
  if (passwords.needsEncryption && !isEncrypted(server)) throw new MailCoreError('refused')
}
