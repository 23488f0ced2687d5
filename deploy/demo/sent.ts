import postgres from 'postgres'
import { queueIdOf } from '#lib/mail-core/queue-id.ts'
import type { TraceRecord } from '#lib/mail-core/trace/record.ts'
import { applyRecords, ensureDays } from '#lib/mail-core/trace/store.ts'
import type { Resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { letterOf } from './letters.ts'

const MINUTE = 60_000
const HOUR = 60
const DAY = 24 * HOUR

type End = 'unread' | 'read' | 'arrived' | 'waiting' | 'refused'

interface Letter {
  /** Minutes before the seeding. */
  ago: number
  subject: string
  text: string
  to: Record<string, End>
}

const LETTERS: Letter[] = [
  {
    ago: 25,
    subject: '周四组会改到下午三点',
    text: '各位：周四组会改到下午三点，地点不变。',
    to: { 'lin.yue@yunling.example': 'unread', 'emily.carter@yunling.example': 'read', 'chen.jing@yunling.example': 'unread' },
  },
  {
    ago: 3 * HOUR,
    subject: 'Budget of the joint proposal',
    text: 'Please find the figures below.',
    to: {
      'lin.yue@yunling.example': 'read',
      'anna.lindqvist@nordic-hydrology.example': 'arrived',
      'office@partner-university.example': 'waiting',
    },
  },
  {
    ago: DAY + 2 * HOUR,
    subject: '设备验收单',
    text: '验收单已填好，请过目。',
    to: { 'sales@lab-suply.example': 'refused' },
  },
  {
    ago: 9 * DAY,
    subject: '实验室安全检查安排',
    text: '下周一上午检查，请提前整理台面。',
    to: { 'lin.yue@yunling.example': 'read', 'wang.lei@yunling.example': 'unread' },
  },
]

/** What somebody sent, of every kind of outcome; copies lie in the mailboxes here, so that a recall finds them. */
export async function seedSent(on: Resources, sender: { address: string; name: string }, now: Date): Promise<void> {
  const [known] = await on.mail.trace.sent(sender.address, { limit: 1 })
  if (known) return
  const sql = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} })
  try {
    for (const [serial, letter] of LETTERS.entries()) await tell(on, sql, sender, letter, now, serial)
  } finally {
    await sql.end()
  }
}

async function tell(
  on: Resources,
  sql: postgres.Sql,
  { address, name }: { address: string; name: string },
  letter: Letter,
  now: Date,
  serial: number,
): Promise<void> {
  const { ago, subject, text, to } = letter
  const at = new Date(now.getTime() - ago * MINUTE)
  const id = queueIdOf(at.getTime() * 1_000 + serial, BigInt(serial + 1) * 104_729n)
  const messageId = `<${id}@yunling.example>`
  const received = `Received: from client by mail.yunling.example (Postfix) with ESMTPSA id ${id}; ${at.toUTCString().replace('GMT', '+0000')}`
  const people = Object.keys(to).join(', ')
  const raw = Buffer.concat([Buffer.from(`${received}\r\n`), letterOf({ from: [name, address], to: people, subject, text, at, messageId })])
  await ensureDays(sql, [id])
  const facts = { sender: address, login: address, from: { name, address }, subject, size: raw.length, messageId }
  const ends = Object.entries(to).flatMap(([mailbox, end]) => recordsOf(id, mailbox, end, at))
  await sql.begin((tx) => applyRecords(tx, [{ kind: 'message', id, facts }, ...ends]))
  for (const [mailbox, end] of Object.entries(to)) {
    if (end === 'read' || end === 'unread') await on.mail.mailbox.append(mailbox, 'INBOX', raw, { receivedAt: at, seen: end === 'read' })
  }
}

function recordsOf(id: string, mailbox: string, end: End, at: Date): TraceRecord[] {
  const of = { kind: 'recipient', id, mailbox } as const
  const later = new Date(at.getTime() + 2_000)
  const arrived: TraceRecord = { ...of, event: { at, what: 'arrived' } }
  if (end === 'waiting') {
    const why = { reason: 'unreachable', status: '4.4.1' } as const
    return [arrived, { ...of, event: { at: later, what: 'deferred', ...why }, outcome: 'waiting', reason: why.reason }]
  }
  if (end === 'refused') {
    const why = { reason: 'unknown_recipient', status: '5.1.1' } as const
    return [arrived, { ...of, event: { at: later, what: 'bounced', ...why }, outcome: 'failed', reason: why.reason }]
  }
  const folder = end === 'arrived' ? undefined : 'INBOX'
  return [arrived, { ...of, event: { at: later, what: 'delivered', folder }, outcome: 'delivered', folder }]
}
