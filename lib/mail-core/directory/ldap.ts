import { type Client, FilterParser } from 'ldapts'
import { bindAsPerson } from './ldap-bind.ts'
import { type LdapServer, ldapError, openClient, withClient } from './ldap-client.ts'
import { type AsService, type FoundAccount, ldapPasswords } from './ldap-passwords.ts'
import type { Profile } from './ldap-profile.ts'
import { ACTIVE_DIRECTORY, AD_CAPABILITY, OPENLDAP } from './ldap-profiles.ts'
import { accountOf, countLocked, enabledOf, entryOf, expiringOf, isName, searchOf } from './ldap-search.ts'
import { strings } from './ldap-values.ts'
import type { Authentication, Directory } from './port.ts'
import { isSearchable } from './search-text.ts'

export interface LdapDirectoryConfig extends LdapServer {
  /** Below here are people and groups. */
  base: string
  /** A service account that may read them, and set passwords and end locks of people. */
  bindDn: string
  bindPassword: string
  /** Entries that match are disabled accounts; the server's kind decides when this is left out. */
  disabledFilter?: string
  /** OpenLDAP's `ppolicy_default`, which it tells nobody; cn=default,ou=policies below the base. */
  defaultPolicy?: string
}

/** OpenLDAP or Active Directory; which of them, the server says itself. */
export function ldapDirectory(config: LdapDirectoryConfig): Directory {
  const { base, defaultPolicy = `cn=default,ou=policies,${config.base}` } = config
  let known: Profile | undefined

  const bindAsService = async (client: Client): Promise<Profile> => {
    await client.bind(config.bindDn, config.bindPassword)
    known ??= await profileOf(client, config.disabledFilter)
    return known
  }

  const asService: AsService = (work, failed = ldapError) =>
    withClient(config, async (client) => work(client, await bindAsService(client))).catch(failed)

  const read = (name: string, failed?: (cause: unknown) => never): Promise<FoundAccount | null> =>
    asService(async (client, profile) => {
      const entry = await entryOf(client, profile, base, name)
      return entry && { entry, profile, account: await accountOf(client, profile, { base, defaultPolicy }, entry) }
    }, failed)

  async function authenticate(name: string, password: string): Promise<Authentication> {
    // RFC 4513 5.1.2: a bind without a password succeeds, and proves nothing (T6).
    if (password === '' || !isName(name)) return { ok: false, reason: 'wrong_password' }
    const found = await read(name)
    if (!found) return { ok: false, reason: 'wrong_password' }
    const { entry, profile, account } = found
    const refusal = await withClient(config, (client) => bindAsPerson(client, profile, entry.dn, password)).catch(ldapError)
    if (refusal) return { ok: false, reason: refusal === 'locked' && account.disabled ? 'disabled' : refusal }
    return account.disabled ? { ok: false, reason: 'disabled' } : { ok: true, account }
  }

  async function* passwordsExpiring(from: Date, to: Date) {
    const client = await openClient(config).catch(ldapError)
    try {
      yield* expiringOf(client, await bindAsService(client), { base, defaultPolicy, from, to })
    } catch (error) {
      ldapError(error)
    } finally {
      await client.unbind().catch(() => {})
    }
  }

  return {
    find: async (name) => (isName(name) ? ((await read(name))?.account ?? null) : null),
    authenticate,
    search: async (text, limit) =>
      isSearchable(text) ? asService((client, profile) => searchOf(client, profile, base, text.trim(), limit)) : [],
    async enabled(addresses) {
      const wanted = new Set(addresses.filter(isName).map((address) => address.toLowerCase()))
      if (wanted.size === 0) return wanted
      const found = await asService((client, profile) => enabledOf(client, profile, base, [...wanted]))
      return new Set([...wanted].filter((address) => found.has(address)))
    },
    ...ldapPasswords(config, asService, read),
    passwordsExpiring,
    countLocked: () => asService((client, profile) => countLocked(client, profile, { base, defaultPolicy })),
    check: () => asService(async (client) => void (await client.search(base, { scope: 'base', attributes: ['1.1'] }))),
  }
}

async function profileOf(client: Client, disabledFilter: string | undefined): Promise<Profile> {
  const { searchEntries } = await client.search('', { scope: 'base', attributes: ['supportedCapabilities'] })
  const profile = strings(searchEntries[0]?.supportedCapabilities).includes(AD_CAPABILITY) ? ACTIVE_DIRECTORY : OPENLDAP
  return disabledFilter ? { ...profile, disabled: FilterParser.parseString(disabledFilter) } : profile
}
