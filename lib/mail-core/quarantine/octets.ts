import { createHash } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import { MailCoreError } from '../errors.ts'
import { isQueueId } from './store.ts'

// A parameter travels as hexadecimal text and takes six times its size in memory.
export const PART = 2 ** 20

/** Keeps a mail's octets, once however many people it was for. Returns their digest, locked until the end of the transaction. */
export async function keepOctets(tx: TransactionSql, raw: Buffer): Promise<Buffer> {
  const digest = createHash('sha256').update(raw).digest()
  if (await lock(tx, digest)) return digest
  const [added] = await tx`insert into quarantine_raw (digest) values (${digest}) on conflict do nothing returning true`
  if (!added) {
    // Somebody else has just kept them.
    if (await lock(tx, digest)) return digest
    throw new MailCoreError('conflict')
  }
  for (let part = 0; part === 0 || part * PART < raw.length; part++) {
    const octets = raw.subarray(part * PART, (part + 1) * PART)
    await tx`insert into quarantine_parts (digest, part, octets) values (${digest}, ${part}, ${octets})`
  }
  return digest
}

/** Or they could be erased before the first row refers to them. */
async function lock(tx: TransactionSql, digest: Buffer): Promise<boolean> {
  const rows = await tx`select from quarantine_raw where digest = ${digest} for key share`
  return rows.length > 0
}

/** Null when they are no longer kept. */
export async function readOctets(sql: Sql, mailbox: string, id: string): Promise<Uint8Array | null> {
  if (!isQueueId(id)) return null
  const parts: Buffer[] = []
  for (let read = 0, size = 1; read < size; ) {
    const [row] = await sql<{ size: string; octets: Buffer }[]>`
      select q.size, p.octets from quarantine q join quarantine_parts p using (digest)
      where q.mailbox = ${mailbox} and q.queue_id = ${id} and p.part = ${parts.length}`
    if (!row) return null
    size = Number(row.size)
    read += row.octets.length
    parts.push(row.octets)
  }
  return Buffer.concat(parts)
}
