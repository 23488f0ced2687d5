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

export interface DeletedMessage extends Omit<MessageSummary, 'unread'> {
  /** Names this deletion: deleted once more, a mail has another id. */
  id: string
  /** Where it goes back to. */
  folder: string
  /** To the second at least. */
  deletedAt: Date
  /** With its angle brackets. */
  messageId: string | null
}

/** Which deleted mail. */
export interface DeletedQuery {
  /** Deleted then or later. */
  since: Date
  /** Deleted before. */
  until?: Date
  /** A part of the sender, the subject or the folder, in letters of either case. */
  text?: string
  folder?: string
}

export interface DeletedCount {
  count: number
  /** Octets. */
  bytes: number
}

/** What there is of one mail in a mailbox, what was deleted apart. */
export type Copy = 'unread' | 'read' | 'none'

/** One person's stored mail. Every method throws `MailCoreError` when the store does not answer. */
export interface Mailbox {
  /** Newest first. */
  recent(address: string, options: { folder: string; limit: number }): Promise<MessageSummary[]>
  quota(address: string): Promise<{ usedBytes: number; limitBytes: number | null }>
  append(address: string, folder: string, raw: Uint8Array, options?: { receivedAt?: Date; seen?: boolean }): Promise<void>
  /** Moves a mail to another folder, which is made where it is missing. False when the mail is not in the first one. */
  move(address: string, mail: MailIdentity, folders: { from: string; to: string }): Promise<boolean>
  /** A page of all folders, the newest deletion first. `after` is the `next` of the page before. */
  deleted(
    address: string,
    page: DeletedQuery & { limit: number; after?: string },
  ): Promise<{ messages: DeletedMessage[]; next: string | null }>
  countDeleted(address: string, query: DeletedQuery): Promise<DeletedCount & { folders: (DeletedCount & { folder: string })[] }>
  /** All of a query for work that takes long, in batches of some hundreds: folder by folder, the oldest deletion first. */
  deletedIds(address: string, query: DeletedQuery): AsyncIterable<{ id: string; folder: string; size: number }[]>
  /** Puts each back into its folder once, which is made where it is gone. What is not deleted, or not any more, is `gone`. */
  restore(address: string, ids: string[]): Promise<{ restored: { id: string; folder: string }[]; gone: string[] }>
  /** Drops what everybody deleted longer ago than this. Takes its time. */
  keepDeleted(days: number): Promise<void>
  /** In any folder, Trash included. Of several copies, one that was read counts. */
  copyOf(address: string, mail: MailIdentity): Promise<Copy>
  /**
   * Takes every copy out of the mailbox, past Trash and past restoring, unless one was read; with `readToo` also then. What was deleted
   * before reads `none`, and an unread one goes all the same: what people delete, nobody is told.
   */
  withdraw(address: string, mail: MailIdentity, options?: { readToo?: boolean }): Promise<'withdrawn' | 'read' | 'none'>
  /** Ends the open mail sessions of exactly this address; a mask (`*`, `?`) is refused. */
  endSessions(address: string): Promise<void>
  check(): Promise<void>
}
