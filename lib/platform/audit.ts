import { createHmac } from 'node:crypto'
import type { Sql } from '#db/client.ts'
import { type Actor, describeActor } from './actor.ts'
import type { RequestInfo } from './context.ts'
import { base32 } from './crypto.ts'
import { env } from './env.ts'
import type { ErrorCode } from './errors.ts'

/** What an entry may hold: names, counts and masked values; never a secret, a code or a body. */
export type AuditDetail = Record<string, string | number | boolean | null | string[]>

export interface AuditRow {
  seq: number
  reference: string
  phase: 'intent' | 'outcome'
  at: string
  operation: string
  actor_kind: string
  actor_id: string
  actor_role: string | null
  mailbox: string | null
  ip: string | null
  user_agent: string | null
  detail: string
  outcome: 'done' | 'refused' | 'failed' | null
  code: string | null
}

interface Intent {
  operation: string
  actor: Actor
  mailbox: string | null
  request: RequestInfo
  detail: AuditDetail
}

/** Milliseconds are what both sides print alike. */
export const AUDIT_TIME = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** HMAC-SHA256 over the hash before and the row: without AUDIT_KEY no row can be forged, changed or left out unseen (T47). */
export function auditHash(previous: Uint8Array, row: AuditRow): Buffer {
  const { seq, reference, phase, at, operation, actor_kind, actor_id, actor_role, mailbox, ip, user_agent, detail, outcome, code } = row
  const fields = [seq, reference, phase, at, operation, actor_kind, actor_id, actor_role, mailbox, ip, user_agent, detail, outcome, code]
  return createHmac('sha256', env().AUDIT_KEY).update(previous).update(JSON.stringify(fields)).digest()
}

/** Seals the end (or the start after retention) of the chain, so that a cut is seen. */
export function auditMark(kind: 'head' | 'anchor', seq: number, hash: Uint8Array): Buffer {
  return createHmac('sha256', env().AUDIT_KEY).update(`${kind}:${seq}:`).update(hash).digest()
}

/** Of what is kept about the chain itself. */
export const auditSeal = (kind: 'verdict', text: string): Buffer =>
  createHmac('sha256', env().AUDIT_KEY).update(`${kind}:`).update(text).digest()

const newReference = () => `ph_${base32(10)}`
const text = (value: string | null, most: number) => value?.replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, most) ?? null

/** More than the longest text that an administrator sets, which is kept as it was. */
const MOST_LETTERS = 1_100
const printed = (detail: AuditDetail) =>
  JSON.stringify(detail, (_, value) => (typeof value === 'string' ? text(value, MOST_LETTERS) : value))

async function append(sql: Sql, row: Omit<AuditRow, 'seq' | 'at'>): Promise<void> {
  await sql.begin(async (tx) => {
    const [head] = await tx<{ seq: string; hash: Uint8Array; at: string }[]>`
      select seq, hash, to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from audit_head for update`
    if (!head) throw new Error('audit_head is empty')
    const full: AuditRow = { ...row, seq: Number(head.seq) + 1, at: head.at }
    const hash = auditHash(head.hash, full)
    await tx`insert into audit_log ${tx({ ...full, hash })}`
    await tx`update audit_head set seq = ${full.seq}, hash = ${hash}, mac = ${auditMark('head', full.seq, hash)}`
  })
}

/** Writes down what is about to be done, before it is done. Returns the reference that a person quotes to the helpdesk. */
export async function openEntry(sql: Sql, intent: Intent): Promise<{ reference: string; close: CloseEntry }> {
  const actor = describeActor(intent.actor)
  const row = {
    reference: newReference(),
    operation: intent.operation,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_role: actor.role,
    mailbox: intent.mailbox,
    ip: intent.request.ip,
    user_agent: text(intent.request.userAgent, 300),
    detail: printed(intent.detail),
  }
  await append(sql, { ...row, phase: 'intent', outcome: null, code: null })
  const close: CloseEntry = (outcome, code, found = {}) => {
    const detail = printed({ ...intent.detail, ...found.detail })
    return append(sql, { ...row, mailbox: found.mailbox ?? row.mailbox, phase: 'outcome', outcome, code: code ?? null, detail })
  }
  return { reference: row.reference, close }
}

/** The outcome's row stands for itself: it repeats the intent, with what the run found out. */
export type CloseEntry = (
  outcome: 'done' | 'refused' | 'failed',
  code?: ErrorCode,
  found?: { mailbox?: string; detail?: AuditDetail },
) => Promise<void>
