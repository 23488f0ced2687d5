import { sql } from 'drizzle-orm'
import { auditSeal } from './audit.ts'
import type { Resources } from './context.ts'
import { sameBytes } from './crypto.ts'
import type { Jobs } from './jobs.ts'
import { log } from './log.ts'
import { type AuditVerdict, verifyAudit } from './verify-audit.ts'

/** The job that walks the chain. */
export const VERIFY_AUDIT = 'audit.verify'
const EVERY_SECONDS = 3_600
/** A walk takes its time; after three hours without a verdict nobody verifies. */
const STALE_MS = 3 * 3_600_000
/** Where one place is broken, thousands may be: the first tell enough. */
const MOST_FAULTS = 20

export interface KeptVerdict extends AuditVerdict {
  /** When the walk began, by the database's clock, in ISO 8601. */
  at: string
  /** The first; `found` counts them all. */
  faults: AuditVerdict['faults']
  found: number
}

/** `unsealed`: somebody wrote a verdict who has not the key. */
export type ChainState = { state: 'whole' | 'broken' | 'stale'; verdict: KeptVerdict } | { state: 'never' | 'unsealed'; verdict: null }

interface Stored extends Record<string, unknown> {
  verdict: string
  mac: Uint8Array
}

const isSealed = ({ verdict, mac }: Stored) => sameBytes(mac, auditSeal('verdict', verdict))

/**
 * Walks the whole chain, and keeps what came of it (T47). The newest entry of the last walk without a fault has to be found again, so
 * that an end that was cut off is seen even where an old seal was put back.
 */
export async function verifyAndKeep({ db }: Pick<Resources, 'db'>): Promise<KeptVerdict> {
  const [good] = await db.execute<Stored>(sql`select verdict, mac from audit_verdicts where whole order by id desc limit 1`)
  const known = good && isSealed(good) ? (JSON.parse(good.verdict) as KeptVerdict).head : undefined
  const [now] = await db.execute<{ at: string }>(sql`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`)
  const { faults, ...found } = await verifyAudit(db.$client, known)
  const kept: KeptVerdict = { ...found, at: now?.at ?? '', faults: faults.slice(0, MOST_FAULTS), found: faults.length }
  const [verdict, whole] = [JSON.stringify(kept), faults.length === 0]
  await db.execute(sql`insert into audit_verdicts (whole, verdict, mac) values (${whole}, ${verdict}, ${auditSeal('verdict', verdict)})`)
  // The log leaves the machine: what stands there nobody puts right in the database.
  if (whole) log.info({ ...found.head, rows: found.rows }, 'the audit chain is whole')
  else log.error({ faults: kept.faults, found: kept.found }, 'the audit chain is broken')
  return kept
}

/** How the chain stood when it was last walked. */
export async function chainState({ db }: Pick<Resources, 'db'>): Promise<ChainState> {
  const [newest] = await db.execute<Stored & { now: string }>(sql`select verdict, mac, now() from audit_verdicts order by id desc limit 1`)
  if (!newest) return { state: 'never', verdict: null }
  if (!isSealed(newest)) return { state: 'unsealed', verdict: null }
  const verdict = JSON.parse(newest.verdict) as KeptVerdict
  if (verdict.found > 0) return { state: 'broken', verdict }
  const age = Date.parse(newest.now) - Date.parse(verdict.at)
  return { state: age > STALE_MS ? 'stale' : 'whole', verdict }
}

/** @throws when the chain is broken, or nobody has walked it for hours */
export async function expectWholeChain(on: Pick<Resources, 'db'>): Promise<void> {
  const { state } = await chainState(on)
  if (state !== 'whole') throw new Error(`the audit chain: ${state}`)
}

export const auditJobs: Jobs = {
  tasks: { [VERIFY_AUDIT]: async (_, on) => void (await verifyAndKeep(on)) },
  every: { [VERIFY_AUDIT]: EVERY_SECONDS },
}
