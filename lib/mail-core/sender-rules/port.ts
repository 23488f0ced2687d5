/** An address in lower case, or `@domain`; a domain of other scripts as IDNA writes it (`xn--`). */
export type SenderPattern = string
export type SenderVerdict = 'allow' | 'block'

/** What the filter knows of people's own lists. The portal's database is the truth; this is what it was told. */
export interface SenderRules {
  /** From the next message on, exactly these rules count for the mailbox. @throws MailCoreError when the filter was not told */
  replace(mailbox: string, rules: ReadonlyMap<SenderPattern, SenderVerdict>): Promise<void>
  /** What the filter would do, by its own knowledge: an address before its domain. */
  verdictOf(mailbox: string, sender: string): Promise<SenderVerdict | null>
  check(): Promise<void>
}
