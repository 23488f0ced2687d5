import { randomInt } from 'node:crypto'
import { ImapFlow } from 'imapflow'
import postgres from 'postgres'
import { removeMessages } from '#lib/mail-core/mailbox/embedded-deleted.ts'
import { applyRecords, ensureDays } from '#lib/mail-core/trace/store.ts'
import type { Resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { letterOf } from './letters.ts'

const MINUTE = 60_000
const HOUR = 60
const DAY = 24 * HOUR

/** Mails that one program took out of one folder, minutes before the seeding. */
interface Loss {
  ago: number
  client: string
  folder: string
  from: [name: string, address: string]
  subjects: string[]
}

const numbered = (count: number, subject: (n: number) => string) => Array.from({ length: count }, (_, n) => subject(n + 1))

/** One mass deletion over several folders, and what everybody deletes now and then. */
const LOSSES: Loss[] = [
  {
    ...{ ago: 40, client: 'iPhone Mail', folder: '项目/滇池' },
    from: ['赵一鸣', 'zhao.yiming@yunling.example'],
    subjects: numbered(160, (n) => `11月水样数据（第${n}批）`),
  },
  {
    ...{ ago: 39, client: 'iPhone Mail', folder: 'INBOX' },
    from: ['Anna Lindqvist', 'anna@hydro-society.example'],
    subjects: numbered(60, (n) => `Joint proposal, work package ${n}`),
  },
  {
    ...{ ago: 38, client: 'iPhone Mail', folder: '会议' },
    from: ['EGU', 'office@hydrology-congress.example'],
    subjects: numbered(20, (n) => `Abstract EGU26-${10_443 + n} received`),
  },
  {
    ...{ ago: DAY + 5 * HOUR, client: 'Outlook', folder: 'Junk' },
    from: ['生活优选', 'news@shop.example'],
    subjects: ['双十二会员专享券已到账'],
  },
  {
    ...{ ago: 4 * DAY, client: 'Outlook', folder: 'Sent' },
    from: ['张伟', 'zhang.wei@yunling.example'],
    subjects: ['Re: 关于仪器共享平台预约'],
  },
]

/** Mail that the person has deleted; for somebody who has restored or deleted any, it stays as it is. */
export async function seedDeleted(on: Resources, mailbox: string, now: Date): Promise<void> {
  const sql = postgres(env().DATABASE_URL, { max: 1, onnotice: () => {} })
  try {
    const [known] = await sql`
      select from restore_jobs where mailbox = ${mailbox} union all select from trace_deletions where mailbox = ${mailbox} limit 1`
    if (known || (await on.mail.mailbox.countDeleted(mailbox, { since: new Date(0) })).count > 0) return
    for (const [client, losses] of Map.groupBy(LOSSES, (loss) => loss.client)) {
      if (env().MAILBOX === 'embedded') for (const loss of losses) await loseEmbedded(sql, on, { mailbox, loss, now })
      else await loseByImap(mailbox, { client, losses, now })
    }
  } finally {
    await sql.end()
  }
}

const lettersOf = ({ ago, folder, from, subjects }: Loss, to: string, now: Date) =>
  subjects.map((subject, n) => {
    const at = new Date(now.getTime() - (ago + (n + 1) * 3 * HOUR) * MINUTE)
    const messageId = `<deleted-${folder.length}-${ago}-${n}@${from[1].split('@')[1]}>`
    return { at, messageId, raw: letterOf({ from, to, subject, text: subject, at, messageId }) }
  })

interface Embedded {
  mailbox: string
  loss: Loss
  now: Date
}

async function loseEmbedded(sql: postgres.Sql, on: Resources, { mailbox, loss, now }: Embedded): Promise<void> {
  const letters = lettersOf(loss, mailbox, now)
  const at = new Date(now.getTime() - loss.ago * MINUTE)
  for (const letter of letters) await on.mail.mailbox.append(mailbox, loss.folder, letter.raw, { receivedAt: letter.at, seen: true })
  const ids = letters.map(({ messageId }) => messageId)
  const rows = await sql<{ id: string }[]>`select id from mailbox_messages where address = ${mailbox} and message_id = any(${ids})`
  await removeMessages(
    sql,
    mailbox,
    rows.map(({ id }) => id),
    at,
  )
  await ensureDays(sql, [at])
  const { client } = loss
  const records = letters.map(({ messageId, raw }) => ({
    ...{ kind: 'deletion' as const, mailbox, at, messageId, size: raw.length, client },
    ...{ ip: '112.115.20.7', protocol: 'imap' as const, serial: randomInt(2 ** 31) },
  }))
  await sql.begin((tx) => applyRecords(tx, records))
}

interface ByImap {
  client: string
  losses: Loss[]
  now: Date
}

/** As the program would: put there and taken away over one connection, now. */
async function loseByImap(mailbox: string, { client: name, losses, now }: ByImap): Promise<void> {
  const { IMAP_HOST = '', IMAP_PORT, IMAP_MASTER_USER, IMAP_MASTER_PASSWORD } = env()
  const auth = { user: `${mailbox}*${IMAP_MASTER_USER}`, pass: IMAP_MASTER_PASSWORD }
  const client = new ImapFlow({ host: IMAP_HOST, port: IMAP_PORT, doSTARTTLS: false, auth, logger: false, clientInfo: { name } })
  client.on('error', () => {})
  await client.connect()
  try {
    for (const loss of losses) {
      if (loss.folder !== 'INBOX') await client.mailboxCreate(loss.folder)
      const uids: number[] = []
      for (const { raw, at } of lettersOf(loss, mailbox, now)) {
        const added = await client.append(loss.folder, raw, ['\\Seen'], at)
        if (added !== false && added.uid) uids.push(added.uid)
      }
      await client.mailboxOpen(loss.folder)
      await client.messageDelete(uids.join(), { uid: true })
    }
  } finally {
    await client.logout()
  }
}
