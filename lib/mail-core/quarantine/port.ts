import type { Authentication } from '../trace/port.ts'

/** `blocked`: by the recipient's own list. `none`: nothing against it, it only passes through. */
export type HeldVerdict = 'spam' | 'phishing' | 'malware' | 'blocked' | 'none'
/** `refused`: its release was asked for and not granted; it is still held. */
export type HeldState = 'held' | 'requested' | 'refused' | 'releasing' | 'released' | 'deleted' | 'expired'

export interface HeldMail {
  /** The same id as in the trace. */
  id: string
  mailbox: string
  verdict: HeldVerdict
  score: number | null
  auth: Authentication
  state: HeldState
  /** The owner's words in a request for release. */
  request: string | null
  /** Envelope sender; empty for a bounce. `from`: of the header. */
  sender: string
  from: string | null
  size: number
  heldAt: Date
  expiresAt: Date
  settledAt: Date | null
  /** Whether its octets are still kept. */
  kept: boolean
}

/** Where the LMTP listener waits for mail; `close` finishes what has begun. */
export interface Intake {
  host: string
  port: number
  close(): Promise<void>
}

/**
 * Mail that the filter stopped. Every method throws `MailCoreError` when the database does not answer. A change is committed
 * when its promise resolves; of several calls for one mail, at once or repeated, one changes it.
 */
export interface Quarantine {
  /** Takes mail in by LMTP (RFC 2033): a recipient's 250 follows the commit. */
  listen(): Promise<Intake>
  find(mailbox: string, ids: readonly string[]): Promise<HeldMail[]>
  /** Undecided mails of a person, the soonest to expire first. */
  open(mailbox: string, options: { limit: number; expiringBefore?: Date }): Promise<HeldMail[]>
  /** How many are undecided. */
  count(mailbox: string): Promise<number>
  /** Null when its octets are no longer kept. */
  raw(mailbox: string, id: string): Promise<Uint8Array | null>
  /** Undecided, or asked for → `releasing`. Returns the ids that changed. The delivery itself is `release`. */
  startRelease(mailbox: string, ids: readonly string[]): Promise<string[]>
  /**
   * Delivers a mail that is `releasing`, once: to the mailbox's inbox with the original as the end of its octets. False when it is
   * not releasing, or somebody else is at it. Throws when the delivery has to be tried again.
   */
  release(mailbox: string, id: string): Promise<boolean>
  /** Mails that are `releasing` and that nobody is at. */
  unfinishedReleases(limit: number): Promise<{ mailbox: string; id: string }[]>
  /** `held` or `refused` → `requested`. */
  request(mailbox: string, ids: readonly string[], reason: string): Promise<string[]>
  /** `requested` → `refused`. */
  refuse(mailbox: string, ids: readonly string[]): Promise<string[]>
  /** Undecided → `deleted`; its octets stay for ten minutes. */
  remove(mailbox: string, ids: readonly string[]): Promise<string[]>
  /** `deleted` → `held`, as long as its octets are kept. */
  undoRemove(mailbox: string, ids: readonly string[]): Promise<string[]>
  /**
   * The mails that this announcement (a UUID of the caller's) tells of: those that it told of before, or else up to `limit` that none
   * has, the oldest first; no other announcement gets them.
   */
  announce(mailbox: string, announcement: string, limit: number): Promise<HeldMail[]>
  /** People who have held mail that no announcement tells of, by address. */
  mailboxesToTell(options: { after: string; limit: number }): Promise<string[]>
  /** Expires what is due, and erases octets that nobody needs any more. */
  tidy(): Promise<void>
  check(): Promise<void>
}
