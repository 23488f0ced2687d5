import type { Client, Entry, Filter } from 'ldapts'
import type { DirectoryAccount, PasswordRefusal } from './port.ts'

/** How one kind of server names what the portal reads, and changes a password. */
export interface Profile {
  kind: 'openldap' | 'active-directory'
  account: Filter
  disabled: Filter
  /** Accounts that are, or were, locked by wrong passwords; `passwordState` knows whether the lock has ended. */
  onceLocked: Filter
  login: string
  addressAttributes: string[]
  number: string
  unit: string
  /** What people are searched by: from its beginning, or also from a later word on. */
  searched: { beginning: string[]; words: string[] }
  attributes: string[]
  groupsOf(dn: string): Filter
  passwordChangedAt(entry: Entry): Date | null
  /** `defaultPolicy` is the entry with OpenLDAP's policy for accounts that name none. */
  passwordState(client: Client, entry: Entry, defaultPolicy: string): Promise<PasswordState>
  /** Where to look for accounts whose password expires in [from, to); what is found may lie a little outside. */
  expiring(client: Client, search: ExpirySearch): Promise<ExpiryQuery[]>
  passwords: PasswordWriter
}

export type PasswordState = Pick<DirectoryAccount, 'locked' | 'mustChange' | 'passwordExpiresAt'>

export interface ExpirySearch {
  base: string
  defaultPolicy: string
  from: Date
  to: Date
}

export interface ExpiryQuery {
  filter: Filter
  attributes: string[]
  expiresAt(entry: Entry): Date | null
}

/** Each answers null when it is done, and throws what the server said when that is no reason to tell a person. */
export interface PasswordWriter {
  /** Also on loopback. */
  needsEncryption: boolean
  /** The directory's whole policy applies. */
  change(client: Client, dn: string, current: string, next: string): Promise<PasswordRefusal | null>
  /** As a service account that may. */
  set(client: Client, dn: string, next: string): Promise<PasswordRefusal | null>
  /** As a service account that may. */
  unlock(client: Client, entry: Entry): Promise<void>
}
