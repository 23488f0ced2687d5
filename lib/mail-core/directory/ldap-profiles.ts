import { AndFilter, EqualityFilter, ExtensibleFilter, type Filter, FilterParser } from 'ldapts'
import { activeDirectoryPasswords } from './active-directory-passwords.ts'
import type { Profile } from './ldap-profile.ts'
import { fileTime, generalizedTime } from './ldap-values.ts'
import { openldapPasswords } from './openldap-passwords.ts'
import { expiringByPolicy, stateByPolicy } from './openldap-policy.ts'

/** LDAP_CAP_ACTIVE_DIRECTORY_OID ([MS-ADTS] 3.1.1.3.4.3.1). */
export const AD_CAPABILITY = '1.2.840.113556.1.4.800'
/** LDAP_MATCHING_RULE_TRANSITIVE_EVAL: groups in groups. */
const IN_CHAIN = '1.2.840.113556.1.4.1941'
const COMPUTED_CONTROL = 'msDS-User-Account-Control-Computed'
const COMPUTED_EXPIRY = 'msDS-UserPasswordExpiryTimeComputed'
/** UF_LOCKOUT ([MS-ADTS] 2.2.16); the server itself reckons the lock's duration into it. */
const LOCKED = 0x10

const both = (...filters: Filter[]): Filter => new AndFilter({ filters })

/** inetOrgPerson with the password policy overlay (draft-behera-ldap-password-policy). */
export const OPENLDAP: Profile = {
  kind: 'openldap',
  account: FilterParser.parseString('(objectClass=inetOrgPerson)'),
  // Locked until somebody unlocks it; any other time is that of a lock-out by wrong passwords.
  disabled: FilterParser.parseString('(pwdAccountLockedTime=000001010000Z)'),
  onceLocked: FilterParser.parseString('(&(pwdAccountLockedTime=*)(!(pwdAccountLockedTime=000001010000Z)))'),
  login: 'uid',
  addressAttributes: ['mail'],
  number: 'employeeNumber',
  unit: 'ou',
  searched: { beginning: ['mail', 'uid', 'employeeNumber'], words: ['displayName', 'cn'] },
  attributes: [
    ...['uid', 'mail', 'cn', 'displayName', 'displayName;lang-en', 'employeeNumber', 'ou', 'telephoneNumber'],
    ...['pwdChangedTime', 'pwdAccountLockedTime', 'pwdPolicySubentry', 'pwdReset'],
  ],
  groupsOf: (dn) => both(FilterParser.parseString('(objectClass=groupOfNames)'), new EqualityFilter({ attribute: 'member', value: dn })),
  passwordChangedAt: ({ pwdChangedTime }) => generalizedTime(pwdChangedTime),
  passwordState: stateByPolicy,
  expiring: expiringByPolicy,
  passwords: openldapPasswords,
}

export const ACTIVE_DIRECTORY: Profile = {
  kind: 'active-directory',
  account: FilterParser.parseString('(&(objectCategory=person)(objectClass=user))'),
  disabled: FilterParser.parseString('(userAccountControl:1.2.840.113556.1.4.803:=2)'),
  onceLocked: FilterParser.parseString('(lockoutTime>=1)'),
  login: 'sAMAccountName',
  addressAttributes: ['mail', 'userPrincipalName'],
  number: 'employeeID',
  unit: 'department',
  // Its indexes know beginnings only, and it keeps the parts of a name apart.
  searched: { beginning: ['mail', 'sAMAccountName', 'employeeID', 'displayName', 'givenName', 'sn'], words: [] },
  attributes: [
    ...['sAMAccountName', 'mail', 'cn', 'displayName', 'employeeID', 'department', 'telephoneNumber'],
    ...['pwdLastSet', COMPUTED_CONTROL, COMPUTED_EXPIRY],
  ],
  groupsOf: (dn) =>
    both(FilterParser.parseString('(objectClass=group)'), new ExtensibleFilter({ matchType: 'member', rule: IN_CHAIN, value: dn })),
  passwordChangedAt: ({ pwdLastSet }) => fileTime(pwdLastSet),
  passwordState: async (_client, entry) => ({
    locked: (Number(entry[COMPUTED_CONTROL]) & LOCKED) !== 0,
    mustChange: entry.pwdLastSet === '0',
    passwordExpiresAt: fileTime(entry[COMPUTED_EXPIRY]),
  }),
  // Policies may differ for each person, and no filter reaches what the server computes. DONT_EXPIRE_PASSWORD is 65536.
  expiring: async () => [
    {
      filter: FilterParser.parseString('(&(pwdLastSet>=1)(!(userAccountControl:1.2.840.113556.1.4.803:=65536)))'),
      attributes: [COMPUTED_EXPIRY],
      expiresAt: (entry) => fileTime(entry[COMPUTED_EXPIRY]),
    },
  ],
  passwords: activeDirectoryPasswords,
}
