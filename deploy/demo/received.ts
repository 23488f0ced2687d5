import postgres from 'postgres'
import { takeIn } from '#lib/mail-core/quarantine/intake.ts'
import type { Judgement } from '#lib/mail-core/quarantine/judgement.ts'
import { queueIdOf } from '#lib/mail-core/queue-id.ts'
import type { Outcome, Reason, Scan } from '#lib/mail-core/trace/port.ts'
import type { TraceRecord } from '#lib/mail-core/trace/record.ts'
import { applyRecords, ensureDays } from '#lib/mail-core/trace/store.ts'
import type { Resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { letterOf, lettersFor } from './letters.ts'

const MINUTE = 60_000
const HOUR = 60
const DAY = 24 * HOUR

/** A mail of the last weeks, and what became of it. */
interface Story {
  /** Minutes before the seeding. */
  ago: number
  from: [name: string, address: string]
  subject: string
  text: string
  html?: string
  outcome: Outcome
  folder?: string
  reason?: Reason
  status?: string
  symbols?: [name: string, score: number][]
  verdict?: Judgement['verdict']
  auth?: Judgement['auth']
  ip?: string
  tls?: string | null
  attachments?: Scan['attachments']
}

const STORIES: Story[] = [
  {
    ago: 48,
    from: ['DHL Express', 'notice@dhl-parcel.example'],
    subject: 'Your parcel is waiting: confirm address',
    text: 'Your parcel could not be delivered. Confirm your address within 24 hours.',
    html: '<p>Your parcel could not be delivered.</p><p><a href="http://dhl.parcel-confirm.example/login">https://www.dhl.example/confirm</a></p>',
    outcome: 'held',
    verdict: 'phishing',
    auth: 'fail',
    symbols: [
      ['PHISHING', 5],
      ['R_SPF_FAIL', 4],
      ['FROM_NEQ_DISPLAY_NAME', 1.5],
    ],
    ip: '203.0.113.80',
  },
  {
    ago: 65,
    from: ['学报编辑部', 'editor@ynwater-journal.example'],
    subject: '稿件YJ-2026-1187的修改意见',
    text: '林悦老师：\n\n您的稿件已完成第二轮评审，修改意见见附件。请于12月10日前返回修改稿。\n\nhttp://t.example/2kfQ9',
    html: '<p>林悦老师：</p><p>您的稿件已完成第二轮评审，修改意见见附件。请于12月10日前返回修改稿。</p><p><a href="http://ynwater-journal.example/r/1187">http://t.example/2kfQ9</a></p><p><img src="http://ynwater-journal.example/logo.png"><img src="http://ynwater-journal.example/seal.png"></p>',
    outcome: 'held',
    verdict: 'spam',
    auth: 'fail',
    symbols: [
      ['R_SPF_FAIL', 4],
      ['R_DKIM_NA', 0],
      ['URL_REDIRECTOR_NESTED', 2.1],
      ['HFILTER_HOSTNAME_UNKNOWN', 2.5],
      ['MIME_HTML_ONLY', 1],
      ['REPLY', -0.5],
    ],
    ip: '203.0.113.24',
    tls: 'TLSv1.3',
    attachments: [{ name: '修改意见_1187.pdf', type: 'application/pdf', size: 1_258_291 }],
  },
  {
    ago: 95,
    from: ['Elsevier', 'review@elsevier.example'],
    subject: 'Invitation to review for Water Research',
    text: 'We would value your opinion on this manuscript.',
    outcome: 'delivered',
    folder: 'INBOX',
    auth: 'pass',
    tls: 'TLSv1.3',
  },
  {
    ago: 130,
    from: ['生活优选', 'vip@shenghuo-youxuan.example'],
    subject: '双十二会员专享券已到账',
    text: '点击领取您的专享优惠券。',
    outcome: 'junk',
    folder: 'Junk',
    symbols: [
      ['BULK_PRECEDENCE', 2],
      ['MANY_INVISIBLE_PARTS', 2.5],
      ['R_SPF_ALLOW', -0.2],
      ['FORGED_SENDER', 1.3],
    ],
    auth: 'pass',
  },
  {
    ago: 170,
    from: ['招生办公室', 'admissions@partner-university.example'],
    subject: '研究生联合培养名额的确认',
    text: '请确认附表中的名额。',
    outcome: 'waiting',
    reason: 'unreachable',
    status: '4.4.1',
  },
  {
    ago: DAY + 3 * HOUR,
    from: ['sales', 'sales@lab-supply.example'],
    subject: 'Quotation Q-20931 (attached)',
    text: 'Please find our quotation attached.',
    outcome: 'held',
    verdict: 'malware',
    auth: 'none',
    symbols: [
      ['CLAM_VIRUS', 15],
      ['MIME_DOUBLE_BAD_EXTENSION', 3],
    ],
    ip: '198.51.100.7',
    attachments: [{ name: 'Quotation.pdf.exe', type: 'application/octet-stream', size: 384_512 }],
  },
  {
    ago: DAY + 6 * HOUR,
    from: ['Anna Lindqvist', 'anna.lindqvist@nordic-hydrology.example'],
    subject: 'Re: Joint proposal, revised budget',
    text: 'The revised budget is below.',
    outcome: 'delivered',
    folder: 'INBOX',
    auth: 'pass',
    tls: 'TLSv1.3',
  },
  {
    ago: 3 * DAY,
    from: ['', 'billing@cloud-host.example'],
    subject: 'Attachment: invoices 2026 (61 MB)',
    text: '',
    outcome: 'rejected',
    reason: 'too_large',
    status: '5.3.4',
  },
  {
    ago: 9 * DAY,
    from: ['Golden Win', 'win@golden-win.example'],
    subject: 'You have been selected: claim 50,000 now',
    text: 'Claim your prize today.',
    outcome: 'held',
    verdict: 'spam',
    symbols: [
      ['BAYES_SPAM', 5.1],
      ['SUBJ_ALL_CAPS', 1],
      ['R_SPF_NA', 0],
      ['RBL_SPAMHAUS_SBL', 4],
    ],
    ip: '192.0.2.66',
  },
  {
    ago: 28 * DAY + 20 * HOUR,
    from: ['招标办公室', 'tender@procurement-yn.example'],
    subject: '招标文件答疑会纪要',
    text: '答疑会纪要见正文，补充文件将另行发送。',
    outcome: 'held',
    verdict: 'spam',
    symbols: [
      ['R_SPF_SOFTFAIL', 2],
      ['MIME_HTML_ONLY', 1],
      ['HFILTER_HELO_BADIP', 4.5],
      ['SUBJECT_HAS_CURRENCY', 1],
    ],
    ip: '192.0.2.11',
  },
]

/** Fills the trace and the quarantine of a person whose trace is empty; the inbox's own letters are traced as well. */
export async function seedReceived(on: Resources, mailbox: string, now: Date): Promise<void> {
  const [known] = await on.mail.trace.page(mailbox, { limit: 1 })
  if (known) return
  const sql = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} })
  try {
    const inInbox = lettersFor(mailbox, now).map(
      ({ letter }): Story => ({ ...letter, outcome: 'delivered', folder: 'INBOX', auth: 'pass' }),
    )
    for (const [serial, story] of [...inInbox, ...STORIES].entries()) await tell(on, sql, mailbox, story, now, serial)
  } finally {
    await sql.end()
  }
}

async function tell(on: Resources, sql: postgres.Sql, mailbox: string, story: Story, now: Date, serial: number): Promise<void> {
  const at = new Date(now.getTime() - story.ago * MINUTE)
  const id = queueIdOf(at.getTime() * 1_000 + serial, BigInt(serial + 1) * 7_919n + BigInt(mailbox.length))
  const raw = octetsOf(story, mailbox, id, at)
  const { symbols = [], verdict = 'none', auth = 'none', attachments = [] } = story
  const score = symbols.reduce((sum, [, points]) => sum + points, 0)
  const scan = {
    score,
    required: 8,
    junk: 5,
    verdict,
    auth,
    attachments,
    symbols: symbols.map(([name, points]) => ({ name, score: points })),
  }
  const client = { ip: story.ip ?? '198.51.100.20', name: null, helo: story.from[1].split('@')[1] ?? null, tls: story.tls ?? null }
  await ensureDays(sql, [id])
  if (story.outcome === 'held') {
    const judged = { queueId: id, verdict, score, auth, facts: { client, size: raw.length, scan }, arrived: true }
    await takeIn(sql, { ident: id, client, sender: story.from[1], mailboxes: [mailbox], raw }, judged, env().HELD_DAYS)
    await backdate(sql, mailbox, id, at)
    return
  }
  if (story.outcome === 'junk') await on.mail.mailbox.append(mailbox, 'Junk', raw, { receivedAt: at })
  await sql.begin((tx) => applyRecords(tx, recordsOf(story, { mailbox, id, at, size: raw.length, client, scan: { at, ...scan } })))
}

interface Told {
  mailbox: string
  id: string
  at: Date
  size: number
  client: NonNullable<Extract<TraceRecord, { kind: 'message' }>['facts']['client']>
  scan: Scan
}

const ENDS: Partial<Record<Outcome, 'delivered' | 'deferred' | 'rejected'>> = {
  delivered: 'delivered',
  junk: 'delivered',
  waiting: 'deferred',
  rejected: 'rejected',
}

function recordsOf(story: Story, { mailbox, id, at, size, client, scan }: Told): TraceRecord[] {
  const { from, subject, outcome, folder, reason, status } = story
  const facts = { sender: from[1], from: { name: from[0], address: from[1] }, subject, size, client, messageId: messageIdOf(id, from[1]) }
  const refused = outcome === 'rejected'
  const end = { at: new Date(at.getTime() + 2_000), what: ENDS[outcome] ?? 'delivered', folder, reason, status }
  return [
    { kind: 'message', id, facts: refused ? facts : { ...facts, scan } },
    { kind: 'recipient', id, mailbox, event: { at, what: 'arrived' } },
    { kind: 'recipient', id, mailbox, event: end, outcome, folder, reason },
  ]
}

const messageIdOf = (id: string, sender: string) => `<${id}@${sender.split('@')[1]}>`

function octetsOf({ from, subject, text, html }: Story, to: string, id: string, at: Date): Buffer {
  const received = `Received: from mail.${from[1].split('@')[1]} by mail.yunling.example (Postfix) with ESMTPS id ${id}; ${at.toUTCString().replace('GMT', '+0000')}`
  return Buffer.concat([
    Buffer.from(`${received}\r\n`),
    letterOf({ from, to, subject, text, html, at, messageId: messageIdOf(id, from[1]) }),
  ])
}

/** As if it had been held when it came. */
async function backdate(sql: postgres.Sql, mailbox: string, id: string, at: Date): Promise<void> {
  const then = at.toISOString()
  await sql`
    update quarantine set held_at = ${then}, expires_at = ${then}::timestamptz + make_interval(days => ${env().HELD_DAYS})
    where mailbox = ${mailbox} and queue_id = ${id}`
  await sql`
    update trace_recipients set events = (select jsonb_agg(jsonb_set(e, '{at}', to_jsonb(${then}::text))) from jsonb_array_elements(events) e)
    where mailbox = ${mailbox} and queue_id = ${id}`
  await sql`update trace_messages set scan = jsonb_set(scan, '{at}', to_jsonb(${then}::text)) where queue_id = ${id} and scan is not null`
}
