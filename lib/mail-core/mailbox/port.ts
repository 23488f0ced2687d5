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

/** One person's stored mail. Every method throws `MailCoreError` when the store does not answer. */
export interface Mailbox {
  /** Newest first. */
  recent(address: string, options: { folder: string; limit: number }): Promise<MessageSummary[]>
  quota(address: string): Promise<{ usedBytes: number; limitBytes: number | null }>
  append(address: string, folder: string, raw: Uint8Array, options?: { receivedAt?: Date; seen?: boolean }): Promise<void>
  /** Ends the open mail sessions of exactly this address; a mask (`*`, `?`) is refused. */
  endSessions(address: string): Promise<void>
  check(): Promise<void>
}
