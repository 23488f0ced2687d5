import {
  AndFilter,
  type Client,
  type Entry,
  EqualityFilter,
  type Filter,
  FilterParser,
  GreaterThanEqualsFilter,
  LessThanEqualsFilter,
  NoSuchObjectError,
  NotFilter,
  OrFilter,
  PresenceFilter,
} from 'ldapts'
import type { ExpiryQuery, ExpirySearch, PasswordState } from './ldap-profile.ts'
import { generalizedTime, strings, toGeneralizedTime } from './ldap-values.ts'

/** Milliseconds; 0 is without end. */
interface Policy {
  dn: string
  lockout: boolean
  lockoutDuration: number
  maxAge: number
}

const ATTRIBUTES = ['pwdLockout', 'pwdLockoutDuration', 'pwdMaxAge']

const toPolicy = ({ dn, pwdLockout, pwdLockoutDuration, pwdMaxAge }: Entry): Policy => ({
  dn,
  lockout: String(pwdLockout) === 'TRUE',
  lockoutDuration: (Number(pwdLockoutDuration) || 0) * 1_000,
  maxAge: (Number(pwdMaxAge) || 0) * 1_000,
})

/**
 * The server tells its own time to nobody, so that of this machine decides when a lock has ended: whoever signs in is
 * judged by the server alone.
 */
export async function stateByPolicy(client: Client, entry: Entry, defaultPolicy: string): Promise<PasswordState> {
  const policy = await policyOf(client, strings(entry.pwdPolicySubentry)[0] ?? defaultPolicy)
  const changedAt = generalizedTime(entry.pwdChangedTime)
  return {
    // "000001010000Z", for a disabled account, is no time.
    locked: isLocked(generalizedTime(entry.pwdAccountLockedTime), policy),
    mustChange: String(entry.pwdReset) === 'TRUE',
    passwordExpiresAt: policy && changedAt && policy.maxAge > 0 ? new Date(changedAt.getTime() + policy.maxAge) : null,
  }
}

function isLocked(since: Date | null, policy: Policy | null): boolean {
  if (!since || !policy?.lockout) return false
  return policy.lockoutDuration === 0 || since.getTime() + policy.lockoutDuration > Date.now()
}

async function policyOf(client: Client, dn: string): Promise<Policy | null> {
  try {
    const { searchEntries } = await client.search(dn, { scope: 'base', attributes: ATTRIBUTES })
    return searchEntries[0] ? toPolicy(searchEntries[0]) : null
  } catch (error) {
    if (error instanceof NoSuchObjectError) return null
    throw error
  }
}

/** One for each policy under which passwords expire. */
export async function expiringByPolicy(client: Client, { base, defaultPolicy, from, to }: ExpirySearch): Promise<ExpiryQuery[]> {
  const filter = FilterParser.parseString('(&(objectClass=pwdPolicy)(pwdMaxAge>=1))')
  const { searchEntries } = await client.search(base, { filter, attributes: ATTRIBUTES })
  return searchEntries.map(toPolicy).map(({ dn, maxAge }) => ({
    filter: new AndFilter({ filters: [under(dn, dn === defaultPolicy), ...changedBetween(ago(from, maxAge), ago(to, maxAge))] }),
    attributes: ['pwdChangedTime'],
    expiresAt: (entry) => {
      const changedAt = generalizedTime(entry.pwdChangedTime)
      return changedAt && new Date(changedAt.getTime() + maxAge)
    },
  }))
}

const ago = (time: Date, milliseconds: number) => new Date(time.getTime() - milliseconds)

function under(dn: string, isDefault: boolean): Filter {
  const named = new EqualityFilter({ attribute: 'pwdPolicySubentry', value: dn })
  if (!isDefault) return named
  return new OrFilter({ filters: [named, new NotFilter({ filter: new PresenceFilter({ attribute: 'pwdPolicySubentry' }) })] })
}

const changedBetween = (from: Date, to: Date): Filter[] => [
  new GreaterThanEqualsFilter({ attribute: 'pwdChangedTime', value: toGeneralizedTime(from) }),
  new LessThanEqualsFilter({ attribute: 'pwdChangedTime', value: toGeneralizedTime(to) }),
]
