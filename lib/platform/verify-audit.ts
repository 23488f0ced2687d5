import postgres from 'postgres'
import type { Sql } from '#db/client.ts'
import { AUDIT_TIME, type AuditRow, auditHash, auditMark } from './audit.ts'
import { env } from './env.ts'

/** An entry by its number and hash in hex, as an earlier verdict gave it and somebody wrote it down outside. */
export interface KnownEntry {
  seq: number
  hash: string
}

export interface AuditVerdict {
  rows: number
  /** The newest entry; written down outside, it shows later whether the end was cut and the seal replaced. */
  head: KnownEntry
  faults: { seq: number; fault: 'changed' | 'missing' | 'cut' | 'start' }[]
}

const PAGE = 5_000
type Stored = AuditRow & { hash: Uint8Array }

/**
 * Walks the whole chain (T47): a changed row, a missing row, a cut end and a false start are named by their number. Whoever
 * could put back an old seal as well is found out by an entry known from before.
 */
export function verifyAudit(sql: Sql, known?: KnownEntry): Promise<AuditVerdict> {
  // One snapshot: what the portal appends in the meantime is neither a cut nor a fault.
  return sql.begin('isolation level repeatable read read only', (snapshot) => walk(snapshot, known)) as Promise<AuditVerdict>
}

async function walk(sql: postgres.TransactionSql, known: KnownEntry | undefined): Promise<AuditVerdict> {
  const faults: AuditVerdict['faults'] = []
  const [anchor] = await sql<{ seq: string; hash: Uint8Array; mac: Uint8Array }[]>`select seq, hash, mac from audit_anchor`
  let seq = Number(anchor?.seq ?? 0)
  let hash: Uint8Array = anchor?.hash ?? new Uint8Array()
  if (anchor && !Buffer.from(anchor.mac).equals(auditMark('anchor', seq, hash))) faults.push({ seq, fault: 'start' })
  let rows = 0
  for (;;) {
    const page = await sql<Stored[]>`
      select seq::int, reference, phase, ${sql.unsafe(AUDIT_TIME)} as at, operation, actor_kind, actor_id, actor_role, mailbox, ip,
        user_agent, detail, outcome, code, hash from audit_log where seq > ${seq} order by seq limit ${PAGE}`
    for (const { hash: stored, ...row } of page) {
      if (row.seq !== seq + 1) faults.push({ seq: seq + 1, fault: 'missing' })
      else if (!auditHash(hash, row).equals(Buffer.from(stored))) faults.push({ seq: row.seq, fault: 'changed' })
      seq = row.seq
      hash = stored
      if (known?.seq === seq && known.hash !== Buffer.from(hash).toString('hex')) faults.push({ seq, fault: 'changed' })
      rows += 1
    }
    if (page.length < PAGE) break
  }
  const [head] = await sql<{ seq: string; hash: Uint8Array; mac: Uint8Array | null }[]>`select seq, hash, mac from audit_head`
  const sealed =
    head && (Number(head.seq) === 0 || (head.mac && Buffer.from(head.mac).equals(auditMark('head', Number(head.seq), head.hash))))
  if (!sealed || Number(head.seq) !== seq || (known && known.seq > seq)) faults.push({ seq: seq + 1, fault: 'cut' })
  return { rows, head: { seq, hash: Buffer.from(hash).toString('hex') }, faults }
}

if (import.meta.main) {
  const sql = postgres(env().DATABASE_URL, { max: 1 })
  const [seq, hash] = process.argv.slice(2)
  const { rows, head, faults } = await verifyAudit(sql, seq && hash ? { seq: Number(seq), hash } : undefined)
  await sql.end()
  for (const { seq, fault } of faults) console.log(`entry ${seq}: ${fault}`)
  console.log(`${rows} entries, newest ${head.seq} ${head.hash}: ${faults.length === 0 ? 'the chain is whole' : `${faults.length} faults`}`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
