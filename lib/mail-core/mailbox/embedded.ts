import type { Sql } from 'postgres'
import { MailCoreError } from '../errors.ts'
import { unreachableUnless } from '../sql-errors.ts'
import { embeddedDeletedMail } from './embedded-deleted.ts'
import { insertMessage } from './embedded-messages.ts'
import { isSafeIdentity } from './identity.ts'
import { TRASH } from './origin.ts'
import type { Mailbox, MessageSummary } from './port.ts'

interface Row {
  id: string
  from_name: string | null
  from_address: string | null
  subject: string
  received_at: Date
  size: string
  seen: boolean
}

const toSummary = (row: Row): MessageSummary => ({
  id: row.id,
  from: row.from_address === null ? null : { name: row.from_name ?? '', address: row.from_address },
  subject: row.subject,
  receivedAt: row.received_at,
  size: Number(row.size),
  unread: !row.seen,
})

/** The embedded mail store: table `mailbox_messages`. There is no IMAP before it, hence no session to end. */
export function embeddedMailbox(sql: Sql): Mailbox {
  return {
    ...embeddedDeletedMail(sql),

    recent: (address, { folder, limit }) =>
      unreachableUnless(async () => {
        const rows = await sql<Row[]>`
          select id, from_name, from_address, subject, received_at, size, seen from mailbox_messages
          where address = ${address} and folder = ${folder} and deleted_at is null order by received_at desc limit ${limit}`
        return rows.map(toSummary)
      }),

    quota: (address) =>
      unreachableUnless(async () => {
        const [row] = await sql<{ used: string; most: string | null }[]>`
          select coalesce(sum(size), 0) as used, (select limit_bytes from mailbox_quotas where address = ${address}) as most
          from mailbox_messages where address = ${address} and deleted_at is null`
        return { usedBytes: Number(row?.used ?? 0), limitBytes: row?.most ? Number(row.most) : null }
      }),

    append: (address, folder, raw, options) => unreachableUnless(() => insertMessage(sql, address, folder, raw, options)),

    move: (address, { messageId, queueId }, { from, to }) =>
      unreachableUnless(async () => {
        if (!isSafeIdentity({ messageId, queueId })) return false
        const moved = await sql`
          update mailbox_messages set folder = ${to}, came_from = ${to === TRASH ? from : null}
          where address = ${address} and folder = ${from} and deleted_at is null and queue_id = ${queueId}
            and (${messageId}::text is null or message_id = ${messageId})`
        return moved.count > 0
      }),

    endSessions: async (address) => {
      if (/[*?]/.test(address)) throw new MailCoreError('refused')
    },

    check: () => unreachableUnless(async () => void (await sql`select from mailbox_messages limit 1`)),
  }
}
