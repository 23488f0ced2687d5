export type ClientProtocol = 'imap' | 'pop3' | 'smtp'

/** The login that a mail client makes with an app password. */
export interface AppPasswords {
  /** True when the mail system lets this client in. A wrong secret is false, an unanswered call `MailCoreError`. */
  login(attempt: { address: string; secret: string; protocol: ClientProtocol; ip: string }): Promise<boolean>
  check(): Promise<void>
}
