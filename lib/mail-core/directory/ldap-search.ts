import {
  AndFilter,
  type Client,
  type Entry,
  EqualityFilter,
  type Filter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from 'ldapts'
import { MailCoreError } from '../errors.ts'
import type { ExpirySearch, Profile } from './ldap-profile.ts'
import { strings } from './ldap-values.ts'
import type { DirectoryAccount, FoundAccount } from './port.ts'

// As many as fit into one filter without being a burden.
const ADDRESSES_A_SEARCH = 100
const PAGE = 200
const LONGEST_NAME = 320

/** No name contains these, and some servers read them as the end of the value (T28). */
export const isName = (name: string) => name !== '' && name.length <= LONGEST_NAME && !/[\u0000-\u001f\u007f]/.test(name)

export async function entryOf(client: Client, profile: Profile, base: string, name: string): Promise<Entry | null> {
  if (!isName(name)) return null
  // An address is looked for among addresses only, so that no login can pass for somebody's address.
  const attributes = name.includes('@') ? profile.addressAttributes : [profile.login]
  // An account without a mailbox is none of ours.
  const filter = and(profile.account, HAS_ADDRESS, or(attributes.map((attribute) => equals(attribute, name))))
  const { searchEntries } = await client.search(base, { filter, sizeLimit: 2, attributes: profile.attributes })
  if (searchEntries.length > 1) throw new MailCoreError('conflict')
  return searchEntries[0] ?? null
}

export async function isDisabled(client: Client, profile: Profile, { dn }: Entry): Promise<boolean> {
  const { searchEntries } = await client.search(dn, { scope: 'base', filter: profile.disabled, attributes: ['1.1'] })
  return searchEntries.length > 0
}

export async function accountOf(
  client: Client,
  profile: Profile,
  { base, defaultPolicy }: { base: string; defaultPolicy: string },
  entry: Entry,
): Promise<DirectoryAccount> {
  const [disabled, state, groups] = await Promise.all([
    isDisabled(client, profile, entry),
    profile.passwordState(client, entry, defaultPolicy),
    client.search(base, { filter: profile.groupsOf(entry.dn), attributes: ['cn'] }),
  ])
  const one = (attribute: string) => strings(entry[attribute])[0] ?? ''
  const login = one(profile.login)
  return {
    address: one('mail').toLowerCase(),
    login,
    name: one('displayName') || one('cn') || login,
    nameEn: one('displayName;lang-en') || null,
    number: one(profile.number) || null,
    unit: one(profile.unit) || null,
    officePhone: one('telephoneNumber') || null,
    disabled,
    ...state,
    passwordChangedAt: profile.passwordChangedAt(entry),
    groups: groups.searchEntries.flatMap((group) => strings(group.cn)).sort(),
  }
}

export async function searchOf(client: Client, profile: Profile, base: string, text: string, sizeLimit: number): Promise<FoundAccount[]> {
  const filter = and(profile.account, HAS_ADDRESS, or(beginningWith(profile, text)))
  const attributes = [...profile.attributes, profile.login]
  const { searchEntries } = await client.search(base, { filter, sizeLimit, attributes })
  const addressOf = (entry: Entry) => (strings(entry.mail)[0] ?? '').toLowerCase()
  const enabled = await enabledOf(client, profile, base, searchEntries.map(addressOf))
  return searchEntries
    .map((entry) => {
      const one = (attribute: string) => strings(entry[attribute])[0] || null
      const address = addressOf(entry)
      const name = one('displayName') ?? one('cn') ?? address
      return {
        address,
        name,
        nameEn: one('displayName;lang-en'),
        number: one(profile.number),
        unit: one(profile.unit),
        disabled: !enabled.has(address),
      }
    })
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, sizeLimit)
}

// OpenLDAP's index of what stands inside a value knows four octets and more; with fewer it would read every entry.
const LEAST_INSIDE = 4

function beginningWith({ searched }: Profile, text: string): Filter[] {
  const beginning = [...searched.beginning, ...searched.words].map((attribute) => new SubstringFilter({ attribute, initial: text }))
  const word = ` ${text}`
  if (Buffer.byteLength(word) < LEAST_INSIDE) return beginning
  return [...beginning, ...searched.words.map((attribute) => new SubstringFilter({ attribute, any: [word] }))]
}

export async function enabledOf(client: Client, profile: Profile, base: string, addresses: string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (let start = 0; start < addresses.length; start += ADDRESSES_A_SEARCH) {
    const some = addresses.slice(start, start + ADDRESSES_A_SEARCH)
    const filter = and(profile.account, or(some.map((address) => equals('mail', address))), not(profile.disabled))
    const { searchEntries } = await client.search(base, { filter, attributes: ['mail'] })
    for (const entry of searchEntries) for (const address of strings(entry.mail)) found.add(address.toLowerCase())
  }
  return found
}

/** Pages of enabled accounts whose password expires in [from, to). */
export async function* expiringOf(client: Client, profile: Profile, search: ExpirySearch) {
  for (const { filter, attributes, expiresAt } of await profile.expiring(client, search)) {
    const accounts = and(profile.account, HAS_ADDRESS, not(profile.disabled), filter)
    const options = { filter: accounts, attributes: ['mail', ...attributes], paged: { pageSize: PAGE } }
    for await (const { searchEntries } of client.searchPaginated(search.base, options)) {
      const page = searchEntries.flatMap((entry) => {
        const at = expiresAt(entry)
        return at && at >= search.from && at < search.to ? [{ address: (strings(entry.mail)[0] ?? '').toLowerCase(), expiresAt: at }] : []
      })
      if (page.length > 0) yield page
    }
  }
}

export async function countLocked(client: Client, profile: Profile, { base, defaultPolicy }: { base: string; defaultPolicy: string }) {
  const filter = and(profile.account, HAS_ADDRESS, profile.onceLocked)
  let count = 0
  for await (const { searchEntries } of client.searchPaginated(base, {
    filter,
    attributes: profile.attributes,
    paged: { pageSize: PAGE },
  })) {
    for (const entry of searchEntries) if ((await profile.passwordState(client, entry, defaultPolicy)).locked) count++
  }
  return count
}

// Filters travel as a tree (RFC 4511 4.5.1.7), never as text: there is nothing to escape out of (T28).
const HAS_ADDRESS = new PresenceFilter({ attribute: 'mail' })
const equals = (attribute: string, value: string) => new EqualityFilter({ attribute, value })
const and = (...filters: Filter[]) => new AndFilter({ filters })
const or = (filters: Filter[]) => new OrFilter({ filters })
const not = (filter: Filter) => new NotFilter({ filter })
