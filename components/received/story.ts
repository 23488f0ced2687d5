import type { ReceivedDetail } from '#lib/features/received/schema.ts'
import { type Points, pointsOf } from './signs.ts'

type Scan = NonNullable<ReceivedDetail['scan']>
type Event = ReceivedDetail['events'][number]

export type Spf = 'allow' | 'fail' | 'softfail' | 'neutral' | 'none' | 'unclear'
export type Dkim = 'allow' | 'reject' | 'none' | 'unclear'
export type Dmarc = 'pass' | 'fail'

/** A station on the way of a mail. The words are the view's. */
export type Stop = { at: Date | null; state: 'done' | 'hold' | 'next' } & (
  | { what: 'arrived'; ip: string | null; tls: string | 'none' | null }
  | { what: 'sender'; spf: Spf | null; dkim: Dkim | null; dmarc: Dmarc | null }
  | { what: 'attachments'; files: { name: string; size: number }[]; malware: boolean }
  | { what: 'filter'; score: number; line: 'held' | 'junk'; from: number; points: Points[] }
  | { what: Exclude<Event['what'], 'arrived'>; event: Omit<Event, 'at' | 'what'>; times: number }
  | { what: 'next'; step: 'expires' | 'expiresAsked' | 'retry' | 'arrives' }
)

const SPF: [name: string, spf: Spf][] = [
  ['R_SPF_ALLOW', 'allow'],
  ['R_SPF_FAIL', 'fail'],
  ['R_SPF_SOFTFAIL', 'softfail'],
  ['R_SPF_NEUTRAL', 'neutral'],
  ['R_SPF_NA', 'none'],
  ['R_SPF_DNSFAIL', 'unclear'],
  ['R_SPF_PERMFAIL', 'unclear'],
]
// One signature that is right is enough (RFC 6376, 6.1).
const DKIM: [name: string, dkim: Dkim][] = [
  ['R_DKIM_ALLOW', 'allow'],
  ['R_DKIM_REJECT', 'reject'],
  ['R_DKIM_PERMFAIL', 'unclear'],
  ['R_DKIM_TEMPFAIL', 'unclear'],
  ['R_DKIM_NA', 'none'],
]
const DMARC: [name: string, dmarc: Dmarc][] = [
  ['DMARC_POLICY_ALLOW', 'pass'],
  ['DMARC_POLICY_ALLOW_WITH_FAILURES', 'pass'],
  ['DMARC_POLICY_REJECT', 'fail'],
  ['DMARC_POLICY_QUARANTINE', 'fail'],
  ['DMARC_POLICY_SOFTFAIL', 'fail'],
]

function found<T>(scan: Scan, names: [name: string, meaning: T][]): T | null {
  return names.find(([name]) => scan.symbols.some((symbol) => symbol.name === name))?.[1] ?? null
}

const UNDECIDED = ['held', 'requested', 'refused']
/** Of these the last is where an undecided mail stands now. */
const STANDS = ['held', 'requested', 'refused', 'undeleted']

/** The way of a mail from the first connection to where it is, and what comes next. What is not known is left out. */
export function story(mail: ReceivedDetail): Stop[] {
  const rest = told(mail.events.filter(({ what }) => what !== 'arrived'))
  if (mail.held && UNDECIDED.includes(mail.held.state)) {
    const now = rest.findLast(({ what }) => STANDS.includes(what))
    if (now) now.state = 'hold'
  }
  return [arrived(mail), ...(mail.scan ? scanned(mail.scan, mail) : []), ...rest, ...next(mail)]
}

function arrived({ events, arrivedAt, client }: ReceivedDetail): Stop {
  const at = events.find(({ what }) => what === 'arrived')?.at ?? arrivedAt
  const tls = client && (client.tls?.replace(/^TLSv/, 'TLS\u00a0') ?? 'none')
  return { what: 'arrived', at, state: 'done', ip: client?.ip ?? null, tls }
}

function scanned(scan: Scan, { outcome, held }: ReceivedDetail): Stop[] {
  const base = { at: scan.at, state: 'done' as const }
  const [spf, dkim, dmarc] = [found(scan, SPF), found(scan, DKIM), found(scan, DMARC)]
  const line = held || outcome === 'held' ? 'held' : 'junk'
  const stops: Stop[] = []
  if (spf || dkim || dmarc) stops.push({ ...base, what: 'sender', spf, dkim, dmarc })
  if (scan.attachments.length > 0)
    stops.push({ ...base, what: 'attachments', files: scan.attachments, malware: scan.verdict === 'malware' })
  const points = pointsOf(scan.symbols, scan.score)
  stops.push({ ...base, what: 'filter', score: scan.score, line, from: line === 'held' ? scan.required : scan.junk, points })
  return stops
}

/** What is tried again and again for the same reason is told once, at its last time. */
function told(events: Event[]): Stop[] {
  const stops: Extract<Stop, { event: unknown }>[] = []
  for (const { at, what, ...event } of events) {
    const last = stops.at(-1)
    const again = what === 'deferred' && last?.what === 'deferred' && last.event.reason === event.reason
    if (again) Object.assign(last, { at, times: last.times + 1 })
    else stops.push({ what: what as Exclude<typeof what, 'arrived'>, at, state: 'done', event, times: 1 })
  }
  return stops
}

function next({ outcome, held }: ReceivedDetail): Stop[] {
  const ahead = (step: Extract<Stop, { what: 'next' }>['step'], at: Date | null = null): Stop[] => [
    { what: 'next', at, state: 'next', step },
  ]
  if (held?.state === 'releasing') return ahead('arrives')
  if (held?.state === 'requested') return ahead('expiresAsked', held.expiresAt)
  if (held && UNDECIDED.includes(held.state)) return ahead('expires', held.expiresAt)
  return outcome === 'waiting' ? ahead('retry') : []
}
