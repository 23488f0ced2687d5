import type { Sql } from 'postgres'
import { MailCoreError } from '../errors.ts'
import { unreachableUnless } from '../sql-errors.ts'
import { isSafeIdentity } from './identity.ts'
import { TRASH } from './origin.ts'
import type { Copy, DeletedQuery, Mailbox, MailIdentity } from './port.ts'
import { searchText } from './search-text.ts'

interface Row {
  id: string
  from_name: string | null
  from_address: string | null
  subject: string
  received_at: Date
  size: string
  folder: string
  deleted_at: Date
  message_id: string | null
}

const BATCH = 500
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NEXT = /^(\d{1,15})\.([0-9a-f-]{36})$/

type DeletedMail = Pick<Mailbox, 'deleted' | 'countDeleted' | 'deletedIds' | 'restore' | 'keepDeleted' | 'copyOf' | 'withdraw'>

/** What the embedded mail store knows of deleted mail, and how it takes mail back. */
export function embeddedDeletedMail(sql: Sql): DeletedMail {
  function found(address: string, { since, until, text, folder }: DeletedQuery) {
    const part = searchText(text)
    return sql`
      address = ${address} and deleted_at >= ${since} and deleted_at < coalesce(${until ?? null}::timestamptz, 'infinity')
        and (${folder ?? null}::text is null or folder = ${folder ?? null})
        and position(lower(${part}) in lower(concat_ws(' ', from_name, '<' || from_address || '>'))) +
          position(lower(${part}) in lower(subject)) + position(lower(${part}) in lower(folder)) > 0`
  }

  const copies = (address: string, { messageId, queueId }: MailIdentity) => sql`
    address = ${address} and queue_id = ${queueId} and (${messageId}::text is null or message_id = ${messageId})`

  return {
    deleted: (address, { limit, after, ...query }) =>
      unreachableUnless(async () => {
        const [time, id] = after === undefined ? [null, LAST_ID] : place(after)
        const rows = await sql<Row[]>`
          select id, from_name, from_address, subject, received_at, size, folder, deleted_at, message_id from mailbox_messages
          where ${found(address, query)} and (deleted_at, id) < (coalesce(${time}::timestamptz, 'infinity'), ${id}::uuid)
          order by deleted_at desc, id desc limit ${limit + 1}`
        const last = rows[limit - 1]
        const next = rows.length > limit && last ? `${last.deleted_at.getTime()}.${last.id}` : null
        return { messages: rows.slice(0, limit).map(toDeleted), next }
      }),

    countDeleted: (address, query) =>
      unreachableUnless(async () => {
        const rows = await sql<{ folder: string; count: string; bytes: string }[]>`
          select folder, count(*), sum(size) as bytes from mailbox_messages where ${found(address, query)} group by folder order by folder`
        const folders = rows.map(({ folder, count, bytes }) => ({ folder, count: Number(count), bytes: Number(bytes) }))
        const sum = (of: 'count' | 'bytes') => folders.reduce((total, each) => total + each[of], 0)
        return { count: sum('count'), bytes: sum('bytes'), folders }
      }),

    async *deletedIds(address, query) {
      let last = { folder: '', deleted_at: '-infinity', id: FIRST_ID }
      for (;;) {
        const rows = await unreachableUnless(
          () => sql<{ id: string; folder: string; size: string; deleted_at: string }[]>`
            select id, folder, size, deleted_at::text from mailbox_messages
            where ${found(address, query)}
              and (folder, deleted_at, id) > (${last.folder}, ${last.deleted_at}::text::timestamptz, ${last.id}::uuid)
            order by folder, deleted_at, id limit ${BATCH}`,
        )
        if (rows.length > 0) yield rows.map(({ id, folder, size }) => ({ id, folder, size: Number(size) }))
        if (rows.length < BATCH) return
        last = rows.at(-1) as (typeof rows)[number]
      }
    },

    restore: (address, ids) =>
      unreachableUnless(async () => {
        const restored = await sql<{ id: string; folder: string }[]>`
          update mailbox_messages set deleted_at = null, came_from = null
          where address = ${address} and id = any(${ids.filter((id) => UUID.test(id))}::uuid[]) and deleted_at is not null
          returning id, folder`
        const back = new Set(restored.map(({ id }) => id))
        return { restored: restored.map(({ id, folder }) => ({ id, folder })), gone: ids.filter((id) => !back.has(id)) }
      }),

    keepDeleted: (days) =>
      unreachableUnless(async () => {
        await sql`delete from mailbox_messages where deleted_at < now() - make_interval(days => ${days})`
      }),

    copyOf: (address, mail) =>
      unreachableUnless(async () => {
        if (!isSafeIdentity(mail)) return 'none'
        const [row] = await sql<{ copy: Copy }[]>`
          select coalesce(max(case when seen then 'read' end), min('unread'), 'none') as copy
          from mailbox_messages where ${copies(address, mail)} and deleted_at is null`
        return row?.copy ?? 'none'
      }),

    withdraw: (address, mail, { readToo = false } = {}) =>
      unreachableUnless(async () => {
        if (!isSafeIdentity(mail)) return 'none'
        return sql.begin(async (tx) => {
          const rows = await tx<{ seen: boolean; there: boolean }[]>`
            select seen, deleted_at is null as there from mailbox_messages where ${copies(address, mail)} for update`
          const there = rows.some((row) => row.there)
          if (rows.length === 0 || (!readToo && rows.some(({ seen }) => seen))) return there ? 'read' : 'none'
          await tx`delete from mailbox_messages where ${copies(address, mail)}`
          return there ? 'withdrawn' : 'none'
        })
      }),
  }
}

/** As a mail client deletes them: out of Trash, they go back to where they were before. For the demo and tests. */
export async function removeMessages(sql: Sql, address: string, ids: string[], at = new Date()): Promise<void> {
  await sql`
    update mailbox_messages set deleted_at = ${at}, folder = case when folder = ${TRASH} then coalesce(came_from, 'INBOX') else folder end
    where address = ${address} and id = any(${ids}::uuid[]) and deleted_at is null`
}

function place(after: string): [time: Date, id: string] {
  const [, time, id = ''] = NEXT.exec(after) ?? []
  if (!time || !UUID.test(id)) throw new MailCoreError('refused')
  return [new Date(Number(time)), id]
}

const toDeleted = (row: Row) => ({
  id: row.id,
  from: row.from_address === null ? null : { name: row.from_name ?? '', address: row.from_address },
  subject: row.subject,
  receivedAt: row.received_at,
  size: Number(row.size),
  folder: row.folder,
  deletedAt: row.deleted_at,
  messageId: row.message_id,
})
