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
  /**
   * `inbox`: there, whatever the mailbox's rules say. `sorted`: where the filter's finding and the rules say. `welcome`: where the
   * rules alone say, since the person allows the sender.
   */
  into: 'inbox' | 'sorted' | 'welcome'
}

/** As far as it is known where the mail lies. */
export interface Delivered {
  folder?: string
  /** Of Dovecot's LMTP, by which its log names the folder. */
  lmtpSession?: string
}

/** Puts mail into somebody's mailbox. */
export interface Delivery {
  /** @throws MailCoreError `refused` when the mailbox will not take it as it is (full, gone: see `status`), another code when it may later */
  deliver(letter: Letter): Promise<Delivered>
  check(): Promise<void>
}
