import { AUDIT_TIME, type AuditRow, auditHash, auditMark, openEntry } from '../audit.ts'
import { type House, REQUEST } from './house.ts'

type Trail = Pick<House, 'db' | 'owner'>

/** So many entries, each an intent and its outcome. */
export async function writeEntries({ db }: Trail, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const actor = { kind: 'system' as const, job: 'test' }
    const { close } = await openEntry(db.$client, { operation: `test.${n}`, actor, mailbox: null, request: REQUEST, detail: { n } })
    await close('done')
  }
}

export async function emptyAudit({ owner }: Trail): Promise<void> {
  await owner`truncate audit_log, audit_anchor`
  await owner`update audit_head set seq = 0, hash = '\\x', mac = null`
}

/** Makes the oldest entries, up to `upTo`, older by an interval, and seals the chain again as if it had been so. */
export async function ageAudit({ owner }: Trail, upTo: number, interval: string): Promise<void> {
  await owner`update audit_log set at = at - ${interval}::interval where seq <= ${upTo}`
  const [anchor] = await owner<{ hash: Uint8Array }[]>`select hash from audit_anchor`
  const rows = await owner<AuditRow[]>`
    select seq::int, reference, phase, ${owner.unsafe(AUDIT_TIME)} as at, operation, actor_kind, actor_id, actor_role, mailbox, ip,
      user_agent, detail, outcome, code from audit_log order by seq`
  let hash: Uint8Array = anchor?.hash ?? new Uint8Array()
  for (const row of rows) {
    hash = auditHash(hash, row)
    await owner`update audit_log set hash = ${hash} where seq = ${row.seq}`
  }
  const last = rows.at(-1)?.seq ?? 0
  await owner`update audit_head set hash = ${hash}, mac = ${auditMark('head', last, hash)} where seq = ${last}`
}
