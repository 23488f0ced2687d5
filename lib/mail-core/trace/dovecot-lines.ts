import { mailboxOf } from '../recipient.ts'
import type { TraceRecord } from './record.ts'

// `lmtp(user)<pid><session>: `, before it the host and `dovecot: ` where syslog wrote it, after it `Info: ` where Dovecot itself did.
const DELIVERY = /^(?:[^\s<>()]+ dovecot(?:\[\d+\])?: )?lmtp\(([^\s()<>"\\]+@[^\s()<>"\\]+)\)<\d+><([\w+/=:.-]{8,80})>: (?:Info: )?/
// The plugin mail_log. Fields that a sender writes come behind the folder.
const SAVED = /^(?:save|copy from [^:]{0,255}): box=(.{1,255}?)(?:, (?:uid|msgid|size|from|subject|vsize|flags)=|$)/
// Sieve, and delivery without it. The Message-ID, which a sender writes, comes before the folder.
const STORED = /^(?:sieve: )?msgid=.*: (?:stored mail into mailbox '([^']{1,255})'|saved mail to (\S.{0,254}))$/

/** The folder that Dovecot's LMTP put a mail into; null when the line tells of something else. */
export function dovecotRecord(text: string, at: number): TraceRecord | null {
  const [head, user, lmtpSession] = DELIVERY.exec(text) ?? []
  if (head === undefined || user === undefined || lmtpSession === undefined) return null
  const said = text.slice(head.length)
  const [, one, two, three] = SAVED.exec(said) ?? rearranged(STORED.exec(said))
  const folder = one ?? two ?? three
  if (folder === undefined) return null
  return { kind: 'folder', mailbox: mailboxOf(user), lmtpSession, folder: fromModifiedUtf7(folder), at: new Date(at) }
}

const rearranged = (found: RegExpExecArray | null): (string | undefined)[] => (found ? ['', undefined, found[1], found[2]] : [])

/** RFC 3501 5.1.3. Some versions log names like that, others in UTF-8: what does not decode is taken as it is. */
export function fromModifiedUtf7(name: string): string {
  if (/[^ -~]/.test(name)) return name
  return name.replace(/&([A-Za-z0-9+,]*)-/g, (whole, encoded: string) => {
    if (encoded === '') return '&'
    const octets = Buffer.from(encoded.replaceAll(',', '/'), 'base64')
    if (octets.length === 0 || octets.length % 2 !== 0) return whole
    const text = octets.swap16().toString('utf16le')
    return text.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(text) ? text : whole
  })
}
