/** What became of a mail for one recipient. `junk` was delivered, into the folder for junk; `released` was held first. */
export const OUTCOMES = [
  'waiting',
  'delivered',
  'junk',
  'held',
  'releasing',
  'released',
  'deleted',
  'expired',
  'rejected',
  'failed',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Why a server refused or could not deliver, in a closed set; `other` where the answer says nothing that is known. */
export const REASONS = [
  'unknown_recipient',
  'mailbox_full',
  'too_large',
  'sender_refused',
  'server_refused',
  'content_refused',
  'malformed',
  'relay_denied',
  'unreachable',
  'filter_unavailable',
  'quarantine_unavailable',
  'too_old',
  'other',
] as const
export type Reason = (typeof REASONS)[number]

export type Verdict = 'none' | 'spam' | 'phishing' | 'malware'
export type Authentication = 'pass' | 'fail' | 'none'

export interface TracedMail {
  /** Postfix's long queue id; unique for ever, and newer ones sort by `arrivedAt`. */
  id: string
  arrivedAt: Date
  /** Of the header, where the filter or the quarantine has read it; else the envelope sender. Null: a bounce (`<>`). */
  from: { name: string; address: string } | null
  subject: string | null
  /** Octets. */
  size: number | null
  outcome: Outcome
  /** Set where a server has said into which. */
  folder: string | null
  reason: Reason | null
}

export const EVENTS = [
  'arrived',
  'deferred',
  'held',
  'requested',
  'refused',
  'releasing',
  'delivered',
  'deleted',
  'undeleted',
  'moved',
  'expired',
  'rejected',
  'bounced',
] as const

export interface TraceEvent {
  at: Date
  what: (typeof EVENTS)[number]
  folder?: string
  reason?: Reason
  /** Enhanced status (RFC 3463), `4.2.2`. */
  status?: string
  /** Passed on because of, or held because of, the recipient's own list. */
  rule?: 'allow' | 'block'
}

export interface Client {
  ip: string | null
  name: string | null
  helo: string | null
  /** Protocol version, `TLSv1.3`; null: not encrypted. */
  tls: string | null
}

/** What the filter found. */
export interface Scan {
  at: Date
  score: number
  /** From how many points a mail is held, and from how many it is junk. */
  required: number
  junk: number
  verdict: Verdict
  auth: Authentication
  /** The filter's own names; points may be negative. */
  symbols: { name: string; score: number }[]
  attachments: { name: string; type: string; size: number }[]
}

export interface TraceDetail extends TracedMail {
  /** Envelope sender; empty for a bounce. */
  sender: string | null
  messageId: string | null
  /** Whose login handed it in (SASL), for mail of our own people: their mailbox. */
  login: string | null
  client: Client | null
  scan: Scan | null
  /** In the order of time. */
  events: TraceEvent[]
}

export interface TraceQuery {
  /** Newest first. */
  limit: number
  /** Mails older than the one with this id, or newer (then the oldest of those, still newest first). */
  before?: string
  after?: string
  /** Arrived at or after, and before. */
  since?: Date
  until?: Date
  outcomes?: readonly Outcome[]
  /** Part of the sender's name or address, or of the subject; letters of either case. */
  text?: string
}

export type SentQuery = Omit<TraceQuery, 'outcomes'>

export interface SentMail {
  /** As of `TracedMail`. */
  id: string
  sentAt: Date
  subject: string | null
  /** Octets. */
  size: number | null
  /** With its angle brackets; null for a mail without one. */
  messageId: string | null
  /** By address, since no log tells their order; at most 1,000. */
  recipients: SentTo[]
}

export interface SentTo {
  /** The mailbox that it led to. */
  address: string
  /** What the sender wrote, an alias for one: what leads from there to whom is not for everybody. */
  writtenAs: string
  outcome: Outcome
  reason: Reason | null
  /** Of the last that became of it; null while nothing has. */
  at: Date | null
}

/** Who took a mail out of the mailbox. */
export interface Deleter {
  /** What the mail program calls itself, in words for people; null where it does not say, as none does over POP3. */
  client: string | null
  ip: string | null
  protocol: 'imap' | 'pop3' | 'doveadm' | 'other'
}

export interface DeletedMail {
  /** The caller's own. */
  id: string
  messageId: string | null
  /** Octets, as IMAP tells it. */
  size: number
  deletedAt: Date
}

export interface MassDeletion extends Deleter {
  from: Date
  to: Date
  count: number
}

/** Where every mail of the last weeks went, by recipient. Every method throws `MailCoreError` when the database does not answer. */
export interface Trace {
  page(mailbox: string, query: TraceQuery): Promise<TracedMail[]>
  find(mailbox: string, id: string): Promise<TraceDetail | null>
  /** What this mailbox handed in with its own login, newest first; `text` is part of the subject or of what it wrote as a recipient. */
  sent(mailbox: string, query: SentQuery): Promise<SentMail[]>
  /** Null when it was not this mailbox's login that handed it in (T43): a sender's address or a Message-ID proves nothing. */
  findSent(mailbox: string, id: string): Promise<SentMail | null>
  /** By the caller's id; what no log tells of is absent. Deletions are known for eight days. */
  deletedBy(mailbox: string, mails: readonly DeletedMail[]): Promise<Map<string, Deleter>>
  /** At least `least` mails deleted by one client within ten minutes, since then; newest first, 50 at most. */
  massDeletions(mailbox: string, since: Date, least: number): Promise<MassDeletion[]>
  /** The mailboxes out of which at least so many mails were deleted since then. */
  mailboxesWithDeletions(since: Date, least: number): Promise<string[]>
  /** Takes in what the mail servers write, as they write it, until told to stop. Any number may do so at once. */
  follow(signal: AbortSignal): Promise<void>
  /**
   * Lines that a log shipper on another host sends, from `offset` (octets) of its file on. Sent twice, they count once.
   * An offset of 0 with another first line begins the next file. Returns the offset to go on from: behind the last whole line that
   * was taken, or where lines are missing. `refused` where nothing is read, or the name of the source is none.
   */
  takeLines(source: string, offset: number, octets: Uint8Array): Promise<number>
  /** The owner has moved this mail between folders. */
  moved(mailbox: string, id: string, folder: string): Promise<void>
  /** Makes room for the days to come and drops those older than `days`. */
  keep(days: number): Promise<void>
  check(): Promise<void>
}
