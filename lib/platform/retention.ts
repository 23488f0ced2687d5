import { sql } from 'drizzle-orm'
import { auditMark } from './audit.ts'
import type { Resources } from './context.ts'
import { env } from './env.ts'
import type { Jobs } from './jobs.ts'

const AUDIT_DAYS = 365
// Half a year of hours.
const VERDICTS = 4_400
// What is held to its last day, or settled on it, has its story a little longer.
const TRACE_DAYS_MORE = 7

async function forget({ db }: Resources): Promise<void> {
  await db.execute(sql`delete from rate_hits where at < now() - interval '25 hours'`)
  await db.execute(sql`delete from idempotency_keys where created_at < now() - interval '2 days'`)
  await db.execute(sql`delete from link_tokens where expires_at < now() - interval '7 days'`)
  await db.execute(sql`delete from sms_messages where created_at < now() - interval '180 days'`)
  await db.execute(sql`delete from notices where created_at < now() - interval '180 days'`)
  await db.execute(sql`delete from password_changes where settled_at < now() - interval '180 days'`)
  await db.execute(sql`delete from digests where created_at < now() - interval '14 days'`)
  await db.execute(sql`delete from restore_jobs where finished_at < now() - interval '14 days'`)
  await db.execute(sql`delete from mass_deletions where deleted_to < now() - interval '14 days'`)
  await db.execute(sql`delete from contact_imports where finished_at < now() - interval '7 days' and state <> 'undoing'`)
  await db.execute(sql`delete from contact_files where created_at < now() - interval '24 hours' and import is null`)
  await db.execute(sql`delete from removed_contacts where removed_at < now() - interval '24 hours'`)
  await db.execute(sql`delete from help_messages where created_at < now() - interval '180 days'`)
  await db.execute(sql`delete from recalls where created_at < now() - interval '180 days'`)
  await db.execute(sql`delete from caller_codes where expires_at < now() - interval '24 hours'`)
  await db.execute(sql`delete from caller_verifications where verified_at < now() - interval '180 days'`)
  await db.execute(sql`delete from staff_requests where decided_at < now() - interval '180 days'`)
  await db.execute(sql`delete from audit_verdicts where id <= (select max(id) from audit_verdicts) - ${VERDICTS}::int`)
  await db.execute(sql`delete from phone_unbindings where unbound_at < now() - interval '14 days'`)
  await db.execute(sql`delete from webhook_deliveries where created_at < now() - interval '30 days'`)
  // As long as the audit names it.
  await db.execute(sql`delete from api_keys where coalesce(revoked_at, expires_at) < now() - interval '400 days'`)
  await db.execute(sql`delete from app_passwords where coalesce(revoked_at, expires_at) < now() - interval '400 days'`)
}

/** Cuts the chain at its old end; the sealed anchor lets the verifier start there. */
export async function pruneAudit({ db }: Resources): Promise<void> {
  const [last] = await db.execute<{ seq: string; hash: Uint8Array }>(
    sql`select seq, hash from audit_log where at < now() - make_interval(days => ${AUDIT_DAYS}::int) order by seq desc limit 1`,
  )
  if (!last) return
  await db.execute(sql`select audit_prune(${last.seq}::bigint, ${auditMark('anchor', Number(last.seq), last.hash)})`)
}

export const retentionJobs: Jobs = {
  tasks: {
    'retention.forget': (_, on) => forget(on),
    'retention.prune-audit': (_, on) => pruneAudit(on),
    'retention.keep-trace': (_, { mail }) => mail.trace.keep(env().HELD_DAYS + TRACE_DAYS_MORE),
  },
  every: { 'retention.forget': 3600, 'retention.prune-audit': 86_400, 'retention.keep-trace': 3600 },
}
