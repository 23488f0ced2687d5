import { mailboxOf } from '../recipient.ts'
import { clientName } from './client-name.ts'
import { type OpenSessions, remember } from './open-sessions.ts'
import type { TraceRecord } from './record.ts'

// Before either the host and `dovecot: ` where syslog wrote it, behind it `Info: ` where Dovecot itself did.
// `imap(user)<pid><session>: `: what is done in a mailbox.
const INSIDE =
  /^(?:[^\s<>()]+ dovecot(?:\[\d+\])?: )?([a-z][a-z\d-]{0,30})\(([^\s()<>"\\]+@[^\s()<>"\\]+)\)<\d+><([\w+/=:.-]{8,80})>: (?:Info: )?/
// `imap-login: `: what happens at the door. Its session stands at the end, behind all that a client wrote.
const DOOR = /^(?:[^\s<>()]+ dovecot(?:\[\d+\])?: )?(?:imap|pop3)-login: (?:Info: )?(.*), session=<([\w+/=:.-]{8,80})>$/
const LOGIN = /^(?:Login|Logged in): user=<([^\s()<>"\\]+@[^\s()<>"\\]+)>, (?:method=[\w-]+, )?rip=([\da-fA-F:.]{2,45}),/
const INTRODUCED_BEFORE = /^ID sent: (.*): user=<[^<>]*>, /
// A site may log more of it than the name (imap_id_log = *).
const NAME = /^(?:.*?, )?name=(.*?)(?:, (?:version|vendor|os|os-version|support-url|address|date|command|arguments|environment)=.*)?$/
// The plugin mail_log. Fields that a sender writes come behind the folder.
const SAVED = /^(?:save|copy from [^:]{0,255}): box=(.{1,255}?)(?:, (?:uid|msgid|size|from|subject|vsize|flags)=|$)/
// Sieve, and delivery without it. The Message-ID, which a sender writes, comes before the folder.
const STORED = /^(?:sieve: )?msgid=.*: (?:stored mail into mailbox '([^']{1,255})'|saved mail to (\S.{0,254}))$/
// The copy that lazy_expunge keeps of a mail that leaves; one that is moved or restored leaves none. The first `box=` is Dovecot's own,
// what follows may be in a Message-ID, which a sender writes.
const LEFT =
  /^copy from (?:(?!: box=).){1,255}: box=\.EXPUNGED\/.{0,255}?, uid=(\d{1,10}), msgid=(.*?)(?:, size=(\d{1,15}))?(?:, vsize=(\d{1,15}))?$/

/** What one line of Dovecot's log tells, without its time stamp; null when it is of nothing that the trace knows. */
export function dovecotRecord(text: string, at: number, sessions: OpenSessions): TraceRecord | null {
  const [head, program, user, session] = INSIDE.exec(text) ?? []
  if (head === undefined || program === undefined || user === undefined || session === undefined) return atTheDoor(text, at, sessions)
  const line: Line = { program, user: user.toLowerCase(), session, said: text.slice(head.length), at: new Date(at) }
  return program === 'lmtp' ? delivered(line) : inSession(line)
}

interface Line {
  program: string
  /** No detail is taken off (`a+b@`) where it logs in: that is an account of its own. */
  user: string
  session: string
  said: string
  at: Date
}

/** The folder that Dovecot's LMTP put a mail into. */
function delivered({ user, session: lmtpSession, said, at }: Line): TraceRecord | null {
  const [, one, two, three] = SAVED.exec(said) ?? rearranged(STORED.exec(said))
  const folder = one ?? two ?? three
  if (folder === undefined) return null
  return { kind: 'folder', mailbox: mailboxOf(user), lmtpSession, folder: fromModifiedUtf7(folder), at }
}

const rearranged = (found: RegExpExecArray | null): (string | undefined)[] => (found ? ['', undefined, found[1], found[2]] : [])

function inSession(line: Line): TraceRecord | null {
  const { user: mailbox, session, said, at } = line
  if (said.startsWith('copy from ')) return deleted(line)
  if (said.startsWith('ID sent: ')) {
    const client = nameIn(said.slice(9))
    return client === null ? null : { kind: 'session', mailbox, session, client, at }
  }
  return /^(?:Disconnected|Logged out|Connection closed)\b/.test(said) ? { kind: 'session end', mailbox, session } : null
}

function deleted({ program, user: mailbox, session, said, at }: Line): TraceRecord | null {
  const [, uid, messageId = '', size, vsize] = LEFT.exec(said) ?? []
  if (uid === undefined) return null
  const protocol = program === 'imap' || program === 'pop3' || program === 'doveadm' ? program : 'other'
  return { kind: 'deletion', mailbox, session, at, protocol, messageId, size: Number(vsize ?? size ?? 0), serial: Number(uid) }
}

function atTheDoor(text: string, at: number, sessions: OpenSessions): TraceRecord | null {
  const [, said, session] = DOOR.exec(text) ?? []
  if (said === undefined || session === undefined) return null
  const key = `id ${session}`
  const introduced = INTRODUCED_BEFORE.exec(`${said}, `)?.[1]
  if (introduced !== undefined) {
    const name = nameIn(introduced)
    if (name !== null) remember(sessions, key, name)
    return null
  }
  const client = sessions[key]
  delete sessions[key]
  const [, user, ip] = LOGIN.exec(`${said},`) ?? []
  if (user === undefined) return null
  return { kind: 'session', mailbox: user.toLowerCase(), session, client, ip, at: new Date(at) }
}

const nameIn = (introduced: string): string | null => clientName(NAME.exec(introduced)?.[1] ?? '')

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
