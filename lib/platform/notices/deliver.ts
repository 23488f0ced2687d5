import { createTransport } from 'nodemailer'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Mailbox } from '#lib/mail-core/mailbox/port.ts'

/**
 * Hands a finished mail over.
 * @throws MailCoreError `not_found` when it will never be taken, another code when it may be later
 */
export type DeliverNotice = (mail: { from: string; to: string; raw: Buffer }) => Promise<void>

/** Milliseconds. */
const TIMEOUT = 20_000

/** By SMTP. The URL may carry nodemailer's options, such as `?ignoreTLS=true` for a server on this machine. */
export function deliverBySmtp(url: string): DeliverNotice {
  return async ({ from, to, raw }) => {
    const timeouts = { connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, socketTimeout: TIMEOUT }
    const transport = createTransport({ url, ...timeouts })
    try {
      await transport.sendMail({ envelope: { from, to: [to] }, raw })
    } catch (cause) {
      throw new MailCoreError(isFinal(cause) ? 'not_found' : 'unreachable', { cause })
    } finally {
      transport.close()
    }
  }
}

/** Straight into the inbox, where the site has named no mail server for notices. */
export function deliverToInbox(mailbox: Pick<Mailbox, 'append'>): DeliverNotice {
  return ({ to, raw }) => mailbox.append(to, 'INBOX', raw)
}

/** A 5xx to the recipient or to the mail itself (RFC 5321, 4.2.1). One to the sign-in is the site's to mend. */
function isFinal(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && (responseCode ?? 0) >= 500
}
