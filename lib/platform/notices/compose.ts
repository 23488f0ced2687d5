import MailComposer from 'nodemailer/lib/mail-composer'
import type { RenderedNotice } from './render.ts'

export interface Envelope {
  /** Of the notice or digest; Message-ID, boundary and date derive from it, its kind and `at`. */
  id: string
  kind?: 'notice' | 'digest' | 'help'
  at: Date
  from: { name: string; address: string }
  to: string
  replyTo?: string
  /** Further headers; values in ASCII, on one line. */
  headers?: Record<string, string>
}

/**
 * The mail as octets (RFC 5322, MIME). Composed twice it is the same mail, so that a repeated delivery is recognised by its
 * Message-ID. Auto-Submitted keeps vacation responders quiet (RFC 3834, 5).
 */
export function composeNotice(
  { id, kind = 'notice', at, from, to, replyTo, headers }: Envelope,
  { subject, text, html }: RenderedNotice,
): Promise<Buffer> {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  return new MailComposer({
    messageId: `<${kind}.${id}@${domain}>`,
    date: at,
    from,
    // As a parsed address, never as text that is parsed again (T33).
    to: { name: '', address: to },
    ...(replyTo ? { replyTo: { name: '', address: replyTo } } : {}),
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated', ...headers },
    baseBoundary: id,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}
