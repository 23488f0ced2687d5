import type { Sql } from 'postgres'
import { readHead } from '../mail-head.ts'

export interface NewMessage {
  receivedAt?: Date
  seen?: boolean
  /** Left out, the one that the last server wrote into the header. */
  queueId?: string
  /** Of two messages of a mailbox with one id, the second is dropped. */
  releaseId?: string
}

/** Stores a message in the embedded mail store. */
export async function insertMessage(sql: Sql, address: string, folder: string, raw: Uint8Array, options: NewMessage = {}): Promise<void> {
  const { receivedAt, seen = false, releaseId } = options
  const { from, subject, messageId, queueId } = await readHead(raw)
  await sql`
    insert into mailbox_messages
      (address, folder, from_name, from_address, subject, received_at, size, seen, raw, message_id, queue_id, release_id)
    values (${address}, ${folder}, ${from?.name ?? null}, ${from?.address ?? null}, ${subject},
      coalesce(${receivedAt ?? null}::timestamptz, now()), ${raw.length}, ${seen}, ${raw},
      ${messageId}, ${options.queueId ?? queueId}, ${releaseId ?? null})
    on conflict (address, release_id) where release_id is not null do nothing`
}
