import { AndFilter, type Entry, EqualityFilter, ExtensibleFilter, type Filter, FilterParser } from 'ldapts'

/** How one kind of server names what the portal reads. */
export interface Profile {
  kind: 'openldap' | 'active-directory'
  account: Filter
  disabled: Filter
  login: string
  addressAttributes: string[]
  attributes: string[]
  groupsOf(dn: string): Filter
  passwordChangedAt(entry: Entry): Date | null
}

/** LDAP_CAP_ACTIVE_DIRECTORY_OID ([MS-ADTS] 3.1.1.3.4.3.1). */
export const AD_CAPABILITY = '1.2.840.113556.1.4.800'
/** LDAP_MATCHING_RULE_TRANSITIVE_EVAL: groups in groups. */
const IN_CHAIN = '1.2.840.113556.1.4.1941'

const both = (...filters: Filter[]): Filter => new AndFilter({ filters })

/** inetOrgPerson with the password policy overlay (draft-behera-ldap-password-policy). */
export const OPENLDAP: Profile = {
  kind: 'openldap',
  account: FilterParser.parseString('(objectClass=inetOrgPerson)'),
  // Locked until somebody unlocks it; any other time is the end of a lock-out by wrong passwords.
  disabled: FilterParser.parseString('(pwdAccountLockedTime=000001010000Z)'),
  login: 'uid',
  addressAttributes: ['mail'],
  attributes: ['uid', 'mail', 'cn', 'displayName', 'displayName;lang-en', 'pwdChangedTime'],
  groupsOf: (dn) => both(FilterParser.parseString('(objectClass=groupOfNames)'), new EqualityFilter({ attribute: 'member', value: dn })),
  passwordChangedAt: ({ pwdChangedTime }) => generalizedTime(pwdChangedTime),
}

export const ACTIVE_DIRECTORY: Profile = {
  kind: 'active-directory',
  account: FilterParser.parseString('(&(objectCategory=person)(objectClass=user))'),
  disabled: FilterParser.parseString('(userAccountControl:1.2.840.113556.1.4.803:=2)'),
  login: 'sAMAccountName',
  addressAttributes: ['mail', 'userPrincipalName'],
  attributes: ['sAMAccountName', 'mail', 'cn', 'displayName', 'pwdLastSet'],
  groupsOf: (dn) =>
    both(FilterParser.parseString('(objectClass=group)'), new ExtensibleFilter({ matchType: 'member', rule: IN_CHAIN, value: dn })),
  passwordChangedAt: ({ pwdLastSet }) => fileTime(pwdLastSet),
}

/** RFC 4517 3.3.13, in UTC as OpenLDAP writes it: 20261123093913Z. */
export function generalizedTime(value: Entry[string] | undefined): Date | null {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,]\d+)?Z$/.exec(String(value)) ?? []
  return year ? new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : null
}

/** 100 ns steps since 1601; 0 is "must change", the largest number "never". */
export function fileTime(value: Entry[string] | undefined): Date | null {
  const steps = /^\d{1,19}$/.test(String(value)) ? BigInt(String(value)) : 0n
  if (steps === 0n || steps === 2n ** 63n - 1n) return null
  return new Date(Number(steps / 10_000n) - 11_644_473_600_000)
}
