import type { Authentication } from '../trace/port.ts'

/** `blocked`: by the recipient's own list. `none`: nothing against it, it only passes through. */
export const HELD_VERDICTS = ['spam', 'phishing', 'malware', 'blocked', 'none'] as const
export type HeldVerdict = (typeof HELD_VERDICTS)[number]
/** `refused`: its release was asked for and not granted; it is still held. */
export const HELD_STATES = ['held', 'requested', 'refused', 'releasing', 'released', 'deleted', 'expired'] as const
export type HeldState = (typeof HELD_STATES)[number]

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
  /** How many are undecided; a thousand stand for more. */
  count(mailbox: string): Promise<number>
  /** Null when its octets are no longer kept. */
  raw(mailbox: string, id: string): Promise<Uint8Array | null>
  /** Undecided, or asked for → `releasing`. Returns the ids that changed. The delivery itself is `release`. */
  startRelease(mailbox: string, ids: readonly string[]): Promise<string[]>
  /**
   * Delivers a mail that is `releasing`, once, with the original as the end of its octets: to the mailbox's inbox, or, when nobody held
   * it, to where it would have come without us. False when it is not releasing, when somebody else is at it, or when the mailbox will
   * not take it: then it is held again, and the trace says why. Throws when the delivery has to be tried again.
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
  /** Expires what is due, erases octets that nobody needs any more, and forgets what was settled long ago. */
  tidy(): Promise<void>
  check(): Promise<void>
}
