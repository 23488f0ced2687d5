export interface DirectoryAccount {
  /** The mailbox address, lower case. */
  address: string
  /** The name a person types at the identity provider. */
  login: string
  name: string
  nameEn: string | null
  /** Of the member of staff or the student, as the organisation numbers its people. */
  number: string | null
  unit: string | null
  /** Where they can be called back, as the organisation has it on file. */
  officePhone: string | null
  disabled: boolean
  /** Locked by wrong passwords just now; whoever waits or resets gets in again. */
  locked: boolean
  /** The next sign-in asks for another password. */
  mustChange: boolean
  passwordChangedAt: Date | null
  /** Null where passwords do not expire, and while the directory demands another one anyway. */
  passwordExpiresAt: Date | null
  groups: string[]
}

export type FoundAccount = Pick<DirectoryAccount, 'address' | 'name' | 'nameEn' | 'number' | 'unit' | 'disabled'>

export type Authentication =
  | { ok: true; account: DirectoryAccount }
  | { ok: false; reason: 'wrong_password' | 'locked' | 'disabled' | 'expired' | 'must_change' }

/** `wrong_password` is the current one; `rejected` is the directory's own rule, without a reason given. */
export type PasswordRefusal =
  | 'not_found'
  | 'disabled'
  | 'locked'
  | 'wrong_password'
  | 'too_short'
  | 'too_simple'
  | 'reused'
  | 'too_young'
  | 'rejected'

export type PasswordChange = { ok: true } | { ok: false; reason: PasswordRefusal }

/**
 * The organisation's accounts. Every method throws `MailCoreError` when the directory does not answer. Passwords are taken
 * in NFC (RFC 8265 4.2.2), and none stands in an error.
 *
 * What changes something keeps a further promise (F4): `unreachable` and `refused` mean that surely nothing was changed,
 * `timeout` that the change went out and its answer never came. Whether it was done, only reading again tells.
 */
export interface Directory {
  find(loginOrAddress: string): Promise<DirectoryAccount | null>
  /** An unknown account reads `wrong_password`. An empty password never reaches the server (RFC 4513 5.1.2). */
  authenticate(loginOrAddress: string, password: string): Promise<Authentication>
  /**
   * Accounts whose address, login or number begins with this text, or a word of whose name does, by name; two characters at least.
   * Of more than `limit` some are left out.
   */
  search(text: string, limit: number): Promise<FoundAccount[]>
  /** Of these addresses, the ones that exist and are not disabled. */
  enabled(addresses: string[]): Promise<Set<string>>
  /**
   * The person's own change: the directory's whole policy applies (age, history, quality). A wrong current password counts
   * like one at a sign-in; an expired one, and one that has to be changed, are good for this.
   */
  changePassword(address: string, current: string, next: string): Promise<PasswordChange>
  /** By the portal, after other proof than the current password. Unlocks, and ends "must change". */
  setPassword(address: string, next: string): Promise<PasswordChange>
  /** Ends a lock by wrong passwords. False when there is no such account. */
  unlock(address: string): Promise<boolean>
  /** Whose password expires in [from, to), enabled accounts only, in pages of at most 200. Empty where passwords do not expire. */
  passwordsExpiring(from: Date, to: Date): AsyncIterable<{ address: string; expiresAt: Date }[]>
  /** How many accounts are locked by wrong passwords just now. */
  countLocked(): Promise<number>
  check(): Promise<void>
}
