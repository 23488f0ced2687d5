import type { Sql } from 'postgres'
import { MailCoreError } from '../errors.ts'
import { insertMessage } from '../mailbox/embedded-messages.ts'
import { unreachableUnless } from '../sql-errors.ts'
import type { Delivery } from './port.ts'

/** Puts mail into the embedded mail store, which has no rules. */
export function embeddedDelivery(sql: Sql): Delivery {
  return {
    deliver: ({ mailbox, raw, releaseId, queueId }) =>
      unreachableUnless(async () => {
        if (await isFull(sql, mailbox, raw.length)) throw new MailCoreError('refused', { status: '5.2.2' })
        await insertMessage(sql, mailbox, 'INBOX', raw, { releaseId, queueId })
        return { folder: 'INBOX' }
      }),

    check: () => unreachableUnless(async () => void (await sql`select from mailbox_messages limit 1`)),
  }
}

async function isFull(sql: Sql, mailbox: string, more: number): Promise<boolean> {
  const [row] = await sql<{ full: boolean }[]>`
    select limit_bytes < ${more} + (select coalesce(sum(size), 0) from mailbox_messages where address = ${mailbox} and deleted_at is null) as full
    from mailbox_quotas where address = ${mailbox}`
  return row?.full ?? false
}
