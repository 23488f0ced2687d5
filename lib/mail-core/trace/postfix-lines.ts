import { createHash } from 'node:crypto'
import { arrivalOf, queueIdOf } from '../queue-id.ts'
import { mailboxOf } from '../recipient.ts'
import { authorOf, readableHeader } from './header-words.ts'
import { type OpenSessions, remember } from './open-sessions.ts'
import type { MessageFacts, TraceRecord } from './record.ts'
import { reasonOf } from './reply-reason.ts'

interface Line {
  /** Milliseconds. */
  at: number
  /** Of a service in master.cf with a name of its own (`syslog_name=postfix/quarantine`). */
  quarantine: boolean
  process: string
  text: string
  whole: string
}

// `host postfix/smtpd[123]: `, `host postfix/submission/smtpd[123]: `, `host postfix-out/smtp[123]: `.
const HEAD =
  /^([\w.-]{1,255}) ([\w.-]{1,64}\/(?:[\w.-]{1,64}\/){0,3})(smtpd|cleanup|qmgr|lmtp|smtp|relay|virtual|local|pipe|error|retry)\[(\d{1,10})\]: /
const QUEUE_ID = /^([0-9A-Za-z]{12,32}): /

// Postfix quotes what is unusual in an address (info_log_addr_form = external). No mailbox of ours is unusual, so nothing quoted is
// read: then nothing that a client wrote can end an address early and pass for the rest of the line.
const ADDRESS = String.raw`[^\s<>"\\]{1,255}@[^\s<>"\\@]{1,255}`
const DELIVERY = new RegExp(
  String.raw`^to=<(${ADDRESS})>, (?:orig_to=<([^<>"\\]{0,512})>, )?relay=[^\s,]{1,300}, (?:conn_use=\d+, )?delay=[\d.]+, delays=[\d./]+, dsn=(\d\.\d{1,3}\.\d{1,3}), status=(sent|deferred|bounced|expired) \((.*)\)$`,
)
const SAVED = /^250 2\.\d\.\d <[^<>]*> ([\w+/=:.-]{8,80}) Saved$/
const QUEUED = /^from=<(.*)>, size=(\d{1,15}), nrcpt=\d+ \(queue active\)$/
const CLIENT = /^client=([^\s[\],]{1,255})\[([0-9A-Fa-f:.]{2,45}|unknown)\](?::\d+)?(, .*)?$/
const FORWARDED_CLIENT = /, orig_client=([^\s[\],]{1,255})\[([0-9A-Fa-f:.]{2,45})\]/
// At its place, before anything that the client itself may say of it (`sasl_sender=`): it proves who sent the mail (T43).
const LOGIN = /^, sasl_method=[\w-]{1,40}, sasl_username=([^\s,]{1,320})(?:,|$)/
const TLS = /^\w+ TLS connection established from [^\s[\]]+\[[^\s[\]]+\](?::\d+)?: (\S{1,20}) with cipher /
const HEADER = /^info: header (Subject|From): (.*) from (?:local|[^\s[\]]+\[[^\s[\]]+\]); from=<.*?(?: helo=<([^<>]*)>)?$/i
// What a client wrote may stand anywhere in a refusal: one in which the words that lead to the addresses come twice is not read.
const REFUSAL = new RegExp(
  String.raw`^(milter-reject|reject): (\S+) .*?; from=<([^<>"\\]*)> to=<(${ADDRESS})> proto=[A-Z]{3,8}(?: helo=<([^<>]*)>)?(?: sasl_username=<[^<>]*>)?(?:: (.*))?$`,
)
const REFUSAL_TEXT = /^\S+ \S+ from ([^\s[\]]+)\[([^\s[\]]+)\](?::\d+)?: (?:[45]\d\d )?(?:([45]\.\d{1,3}\.\d{1,3}) )?(.*?); from=</

/** What one line of Postfix's log tells, without its time stamp; null when it is of another program. */
export function postfixRecords(text: string, at: number, sessions: OpenSessions): TraceRecord[] | null {
  const [head, host, service = '', daemon, pid] = HEAD.exec(text) ?? []
  if (head === undefined) return null
  const line: Line = {
    at,
    quarantine: service.endsWith('/quarantine/'),
    process: `${host}/${pid}`,
    text: text.slice(head.length),
    whole: text,
  }
  const [prefix, named] = QUEUE_ID.exec(line.text) ?? []
  if (prefix === undefined) return daemon === 'smtpd' ? withoutId(line, sessions) : []
  const id = named as string
  if (arrivalOf(id) === null) return []
  const said = line.text.slice(prefix.length)
  switch (daemon) {
    case 'smtpd':
      return said.startsWith('client=') ? client(id, said, sessions[line.process]) : refusal(id, said, line)
    case 'cleanup':
      return cleaned(id, said, line)
    case 'qmgr':
      return queued(id, said, line)
    default:
      return delivery(id, said, line)
  }
}

const facts = (id: string, of: MessageFacts): TraceRecord[] => [{ kind: 'message', id, facts: of }]

function withoutId(line: Line, sessions: OpenSessions): TraceRecord[] {
  const { text, process } = line
  if (text.startsWith('NOQUEUE: ')) {
    const serial = createHash('sha256').update(line.whole).digest().readBigUInt64BE()
    return refusal(queueIdOf(line.at * 1_000, serial), text.slice(9), line)
  }
  const version = TLS.exec(text)?.[1]
  if (version !== undefined) remember(sessions, process, version)
  else if (text.startsWith('connect from ') || text.startsWith('disconnect from ')) delete sessions[process]
  return []
}

function client(id: string, said: string, tls: string | undefined): TraceRecord[] {
  const [, peerName, peerIp, more = ''] = CLIENT.exec(said) ?? []
  if (peerIp === undefined) return []
  const [, name, ip] = FORWARDED_CLIENT.exec(more) ?? ['', peerName, peerIp]
  return facts(id, { client: { ...clientOf(name, ip), tls }, login: LOGIN.exec(more)?.[1] })
}

function cleaned(id: string, said: string, line: Line): TraceRecord[] {
  // Nothing, or `<>`, of a mail without one.
  if (said.startsWith('message-id=')) return facts(id, { messageId: said.slice(11).replace(/^<>$/, '') || undefined })
  if (!said.startsWith('info: header ')) return refusal(id, said, line)
  const [, header, value = '', helo] = HEADER.exec(said) ?? []
  if (header === undefined) return []
  const told = header.toLowerCase() === 'from' ? { from: authorOf(value) ?? undefined } : { subject: readableHeader(value) ?? undefined }
  return facts(id, { ...told, ...(helo ? { client: { helo } } : {}) })
}

function queued(id: string, said: string, { at }: Line): TraceRecord[] {
  const [, sender, size] = QUEUED.exec(said) ?? []
  if (sender !== undefined) return facts(id, { sender, size: Number(size) })
  return /^from=<.*>, status=(?:force-)?expired, returned to sender$/.test(said) ? [{ kind: 'expired', id, at: new Date(at) }] : []
}

const TOLD = {
  deferred: ['deferred', 'waiting'],
  bounced: ['bounced', 'failed'],
  expired: ['bounced', 'failed'],
} as const

function delivery(id: string, said: string, { at, quarantine }: Line): TraceRecord[] {
  const [, to, original, status, result, reply = ''] = DELIVERY.exec(said) ?? []
  if (to === undefined) return []
  const mailbox = mailboxOf(to)
  const written = original || to
  const recipient = { kind: 'recipient' as const, id, mailbox, ...(written === mailbox ? {} : { writtenAs: written }) }
  if (result === 'sent') {
    // The quarantine itself tells what became of it there.
    if (quarantine) return []
    return [
      {
        ...recipient,
        event: { at: new Date(at), what: 'delivered', status },
        outcome: 'delivered',
        lmtpSession: SAVED.exec(reply)?.[1],
      },
    ]
  }
  const [what, outcome] = TOLD[result as keyof typeof TOLD]
  const reason = result === 'expired' ? 'too_old' : quarantine && result === 'deferred' ? 'quarantine_unavailable' : reasonOf(status, reply)
  return [{ ...recipient, event: { at: new Date(at), what, status, reason }, outcome, reason }]
}

function refusal(id: string, said: string, { at }: Line): TraceRecord[] {
  if (said.indexOf('; from=<') !== said.lastIndexOf('; from=<') || said.indexOf(' to=<') !== said.lastIndexOf(' to=<')) return []
  const [, kind, stage, sender, to, helo, verdict] = REFUSAL.exec(said) ?? []
  if (to === undefined) return []
  const [, name, ip, ownStatus, text = ''] = REFUSAL_TEXT.exec(said) ?? []
  // A rule for headers puts its answer behind the addresses, everybody else before them.
  const ruled = stage === 'header' || stage === 'body'
  const status = ruled ? /^([45]\.\d{1,3}\.\d{1,3}) /.exec(verdict ?? '')?.[1] : ownStatus
  const byContent = ruled || kind === 'milter-reject'
  const reason = !byContent ? reasonOf(status, text) : status?.startsWith('4.') ? 'filter_unavailable' : 'content_refused'
  const event = { at: new Date(at), what: 'rejected' as const, reason, ...(status ? { status } : {}) }
  return [
    ...facts(id, { sender, client: { ...(ip === undefined || ruled ? {} : clientOf(name, ip)), helo: helo || undefined } }),
    { kind: 'recipient', id, mailbox: mailboxOf(to), event, outcome: 'rejected', reason },
  ]
}

const clientOf = (name: string | undefined, ip: string | undefined) => ({
  ip: ip === 'unknown' ? null : ip,
  name: name === 'unknown' ? null : name,
})
