import MailComposer from 'nodemailer/lib/mail-composer'
import type { RenderedNotice } from './render.ts'

export interface Envelope {
  /** Of the notice; Message-ID, boundary and date derive from it and from `at`. */
  id: string
  at: Date
  from: { name: string; address: string }
  to: string
}

/**
 * The mail as octets (RFC 5322, MIME). Composed twice it is the same mail, so that a repeated delivery is recognised by its
 * Message-ID. Auto-Submitted keeps vacation responders quiet (RFC 3834, 5).
 */
export function composeNotice({ id, at, from, to }: Envelope, { subject, text, html }: RenderedNotice): Promise<Buffer> {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  return new MailComposer({
    messageId: `<notice.${id}@${domain}>`,
    date: at,
    from,
    // As a parsed address, never as text that is parsed again (T33).
    to: { name: '', address: to },
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated' },
    baseBoundary: id,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}
