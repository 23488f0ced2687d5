export interface MessageSummary {
  /** Stable across moves: the server's message GUID. */
  id: string
  from: { name: string; address: string } | null
  subject: string
  receivedAt: Date
  /** Octets. */
  size: number
  unread: boolean
}

/** Which mail: the one that came under this queue id, with this Message-ID. A copy that somebody planted fits one of them at most. */
export interface MailIdentity {
  /** With its angle brackets; null for a mail that came without one, as much junk does. */
  messageId: string | null
  /** Postfix's long queue id. */
  queueId: string
}

/** One person's stored mail. Every method throws `MailCoreError` when the store does not answer. */
export interface Mailbox {
  /** Newest first. */
  recent(address: string, options: { folder: string; limit: number }): Promise<MessageSummary[]>
  quota(address: string): Promise<{ usedBytes: number; limitBytes: number | null }>
  append(address: string, folder: string, raw: Uint8Array, options?: { receivedAt?: Date; seen?: boolean }): Promise<void>
  /** Moves a mail to another folder, which is made where it is missing. False when the mail is not in the first one. */
  move(address: string, mail: MailIdentity, folders: { from: string; to: string }): Promise<boolean>
  /** Ends the open mail sessions of exactly this address; a mask (`*`, `?`) is refused. */
  endSessions(address: string): Promise<void>
  check(): Promise<void>
}
