export interface DirectoryAccount {
  /** The mailbox address, lower case. */
  address: string
  /** The name a person types at the identity provider. */
  login: string
  name: string
  nameEn: string | null
  disabled: boolean
  passwordChangedAt: Date | null
  groups: string[]
}

export type Authentication =
  | { ok: true; account: DirectoryAccount }
  | { ok: false; reason: 'wrong_password' | 'locked' | 'disabled' | 'expired' | 'must_change' }

/** The organisation's accounts. Every method throws `MailCoreError` when the directory does not answer. */
export interface Directory {
  find(loginOrAddress: string): Promise<DirectoryAccount | null>
  /** An unknown account reads `wrong_password`. An empty password never reaches the server (RFC 4513 5.1.2). */
  authenticate(loginOrAddress: string, password: string): Promise<Authentication>
  /** Of these addresses, the ones that exist and are not disabled. */
  enabled(addresses: string[]): Promise<Set<string>>
  check(): Promise<void>
}
