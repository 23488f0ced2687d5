import { AndFilter, type Client, type Entry, EqualityFilter, type Filter, FilterParser, NotFilter, OrFilter, PresenceFilter } from 'ldapts'
import { MailCoreError } from '../errors.ts'
import { bindAsPerson } from './ldap-bind.ts'
import { type LdapServer, ldapError, withClient } from './ldap-client.ts'
import { ACTIVE_DIRECTORY, AD_CAPABILITY, OPENLDAP, type Profile } from './ldap-profiles.ts'
import type { Authentication, Directory, DirectoryAccount } from './port.ts'

export interface LdapDirectoryConfig extends LdapServer {
  /** Below here are people and groups. */
  base: string
  /** A service account that may read them. */
  bindDn: string
  bindPassword: string
  /** Entries that match are disabled accounts; the server's kind decides when this is left out. */
  disabledFilter?: string
}

// As many as fit into one filter without being a burden.
const ADDRESSES_A_SEARCH = 100
const LONGEST_NAME = 320

/** OpenLDAP or Active Directory; which of them, the server says itself. */
export function ldapDirectory(config: LdapDirectoryConfig): Directory {
  let known: Profile | undefined

  const asService = <T>(work: (client: Client, profile: Profile) => Promise<T>): Promise<T> =>
    withClient(config, async (client) => {
      await client.bind(config.bindDn, config.bindPassword)
      known ??= await profileOf(client, config.disabledFilter)
      return work(client, known)
    }).catch(ldapError)

  const read = (name: string) =>
    asService(async (client, profile) => {
      const entry = await entryOf(client, profile, config.base, name)
      return entry && { entry, profile, account: await accountOf(client, profile, config.base, entry) }
    })

  async function authenticate(name: string, password: string): Promise<Authentication> {
    // RFC 4513 5.1.2: a bind without a password succeeds, and proves nothing (T6).
    if (password === '' || !isName(name)) return { ok: false, reason: 'wrong_password' }
    const found = await read(name)
    if (!found) return { ok: false, reason: 'wrong_password' }
    const { entry, profile, account } = found
    const refusal = await bindAsPerson(config, profile, entry, password)
    if (refusal) return { ok: false, reason: refusal === 'locked' && account.disabled ? 'disabled' : refusal }
    return account.disabled ? { ok: false, reason: 'disabled' } : { ok: true, account }
  }

  return {
    find: async (name) => (isName(name) ? ((await read(name))?.account ?? null) : null),
    authenticate,
    async enabled(addresses) {
      const wanted = new Set(addresses.filter(isName).map((address) => address.toLowerCase()))
      if (wanted.size === 0) return wanted
      const found = await asService((client, profile) => enabledOf(client, profile, config.base, [...wanted]))
      return new Set([...wanted].filter((address) => found.has(address)))
    },
    check: () => asService(async (client) => void (await client.search(config.base, { scope: 'base', attributes: ['1.1'] }))),
  }
}

/** No name contains these, and some servers read them as the end of the value (T28). */
const isName = (name: string) => name !== '' && name.length <= LONGEST_NAME && !/[\u0000-\u001f\u007f]/.test(name)

async function profileOf(client: Client, disabledFilter: string | undefined): Promise<Profile> {
  const { searchEntries } = await client.search('', { scope: 'base', attributes: ['supportedCapabilities'] })
  const profile = strings(searchEntries[0]?.supportedCapabilities).includes(AD_CAPABILITY) ? ACTIVE_DIRECTORY : OPENLDAP
  return disabledFilter ? { ...profile, disabled: FilterParser.parseString(disabledFilter) } : profile
}

async function entryOf(client: Client, profile: Profile, base: string, name: string): Promise<Entry | null> {
  // An address is looked for among addresses only, so that no login can pass for somebody's address.
  const attributes = name.includes('@') ? profile.addressAttributes : [profile.login]
  // An account without a mailbox is none of ours.
  const filter = and(profile.account, new PresenceFilter({ attribute: 'mail' }), or(attributes.map((attribute) => equals(attribute, name))))
  const { searchEntries } = await client.search(base, { filter, sizeLimit: 2, attributes: profile.attributes })
  if (searchEntries.length > 1) throw new MailCoreError('conflict')
  return searchEntries[0] ?? null
}

async function accountOf(client: Client, profile: Profile, base: string, entry: Entry): Promise<DirectoryAccount> {
  const [disabled, groups] = await Promise.all([
    client.search(entry.dn, { scope: 'base', filter: profile.disabled, attributes: ['1.1'] }),
    client.search(base, { filter: profile.groupsOf(entry.dn), attributes: ['cn'] }),
  ])
  const one = (attribute: string) => strings(entry[attribute])[0] ?? ''
  const login = one(profile.login)
  return {
    address: one('mail').toLowerCase(),
    login,
    name: one('displayName') || one('cn') || login,
    nameEn: one('displayName;lang-en') || null,
    disabled: disabled.searchEntries.length > 0,
    passwordChangedAt: profile.passwordChangedAt(entry),
    groups: groups.searchEntries.flatMap((group) => strings(group.cn)).sort(),
  }
}

async function enabledOf(client: Client, profile: Profile, base: string, addresses: string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (let start = 0; start < addresses.length; start += ADDRESSES_A_SEARCH) {
    const some = addresses.slice(start, start + ADDRESSES_A_SEARCH)
    const filter = and(profile.account, or(some.map((address) => equals('mail', address))), new NotFilter({ filter: profile.disabled }))
    const { searchEntries } = await client.search(base, { filter, attributes: ['mail'] })
    for (const entry of searchEntries) for (const address of strings(entry.mail)) found.add(address.toLowerCase())
  }
  return found
}

// Filters travel as a tree (RFC 4511 4.5.1.7), never as text: there is nothing to escape out of (T28).
const equals = (attribute: string, value: string) => new EqualityFilter({ attribute, value })
const and = (...filters: Filter[]) => new AndFilter({ filters })
const or = (filters: Filter[]) => new OrFilter({ filters })

const strings = (value: Entry[string] | undefined): string[] =>
  [value ?? []].flat().map((part) => (typeof part === 'string' ? part : part.toString('utf8')))
