export type EmailKind = 'work' | 'home' | 'other'
export type PhoneKind = 'mobile' | 'work' | 'home' | 'work_fax' | 'home_fax' | 'pager' | 'other'

export interface PostalAddress {
  kind: 'work' | 'home' | 'other'
  street: string
  city: string
  region: string
  postcode: string
  country: string
}

/** What is known of a person; absent and empty are the same. RFC 6350 says what each means. */
export interface ContactCard {
  /** As it is shown: FN. */
  name: string
  familyName?: string
  givenName?: string
  middleName?: string
  prefix?: string
  suffix?: string
  nickname?: string
  /** The preferred one first. */
  emails: { kind: EmailKind; address: string }[]
  phones: { kind: PhoneKind; number: string }[]
  organisation?: string
  department?: string
  title?: string
  addresses: PostalAddress[]
  urls: { kind: 'work' | 'home' | 'other'; url: string }[]
  /** `qq`, `msn`, `icq`, … in lower case. */
  ims: { service: string; handle: string }[]
  /** `2001-02-03`, or without a year `--02-03`. */
  birthday?: string
  anniversary?: string
  gender?: 'male' | 'female'
  note?: string
  /** Names of groups: CATEGORIES. */
  groups: string[]
}

export interface Contact extends ContactCard {
  /** The portal's own UUID, or the name of the server's resource. */
  id: string
  /** Another one after every change: the ETag. */
  version: string
}

export interface ContactQuery {
  /** Part of a name, nickname, address, phone, organisation or department; of Chinese names also the pinyin, whole or by its initials. */
  text?: string
  /** The name of a group; null: those in none. */
  group?: string | null
}

export interface ContactPage {
  /** By pinyin and alphabet. */
  contacts: Contact[]
  next: string | null
}

export type ContactChange =
  /** With an id of the caller's, so that what is repeated after a lost answer is there once. */
  | { kind: 'create'; id: string; card: ContactCard }
  /** Without a version: whatever it is now. */
  | { kind: 'update'; id: string; version?: string; card: ContactCard }
  | { kind: 'remove'; id: string; version?: string }

/** `conflict`: changed by another since this version; nothing was done. `gone`: not there any more. */
export type Applied = { id: string; outcome: 'done'; version: string | null } | { id: string; outcome: 'conflict' | 'gone' }

/** One person's contacts. Every method throws `MailCoreError` when the store does not answer. */
export interface AddressBook {
  /** Whether `apply` does all of many changes or none of them. */
  transactional: boolean
  list(mailbox: string, query: ContactQuery & { limit: number; after?: string }): Promise<ContactPage>
  count(mailbox: string, query: ContactQuery): Promise<number>
  read(mailbox: string, id: string): Promise<Contact | null>
  /** All of a query for a file or a comparison, in batches of some hundreds, in the order of `list`. */
  all(mailbox: string, query: ContactQuery): AsyncIterable<Contact[]>
  /** All of them or, where the store has no transactions, one after the other in this order; a repetition does nothing twice. */
  apply(mailbox: string, changes: ContactChange[]): Promise<Applied[]>
  /** By name; `count` of contacts. A group that was made may be empty. */
  groups(mailbox: string): Promise<{ name: string; count: number }[]>
  addGroup(mailbox: string, name: string): Promise<void>
  /** `to` null: the group goes, its contacts stay. A name that is there already joins the two. */
  renameGroup(mailbox: string, name: string, to: string | null): Promise<void>
  check(): Promise<void>
}
