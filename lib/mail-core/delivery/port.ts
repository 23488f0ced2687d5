export interface Letter {
  /** Of two deliveries under one id to one mailbox, one arrives; for at least 30 days. */
  releaseId: string
  /** Envelope sender; empty for a bounce. */
  sender: string
  mailbox: string
  /** RFC 5322 octets with CRLF; they arrive as the unchanged end of what is stored. */
  raw: Uint8Array
  /** Postfix's queue id, by which the mail is found again in the mailbox. */
  queueId: string
}

/** Puts mail into somebody's inbox. */
export interface Delivery {
  /** @throws MailCoreError `refused` when the mailbox will not take it as it is (full, gone), another code when it may later */
  deliver(letter: Letter): Promise<void>
  check(): Promise<void>
}
