import { sql } from 'drizzle-orm'
import { expectWholeChain } from './audit-verdict.ts'
import { type Resources, resources } from './context.ts'
import { env } from './env.ts'
import { expectPulse } from './worker-pulse.ts'

export interface Component {
  name: string
  ok: boolean
  /** How long its answer took; null when there was none. */
  milliseconds: number | null
  /** Without it nobody can sign in or be served. */
  essential: boolean
}

const WITHIN_MS = 2_500

type Answer = Pick<Component, 'ok' | 'milliseconds'>

/** A check that measures something better than its own time gives the milliseconds back. */
async function answers(check: () => Promise<unknown>): Promise<Answer> {
  const none = { ok: false, milliseconds: null }
  const start = performance.now()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(none), WITHIN_MS)
  })
  const done = check().then(
    (measured) => ({ ok: true, milliseconds: Math.round(typeof measured === 'number' ? measured : performance.now() - start) }),
    () => none,
  )
  return Promise.race([done, late]).finally(() => clearTimeout(timer))
}

async function providerAnswers(): Promise<void> {
  const { SSO_PROTOCOL, OIDC_ISSUER, CAS_URL, SAML_IDP_ENTRY_POINT } = env()
  const url = { oidc: `${OIDC_ISSUER}/.well-known/openid-configuration`, cas: `${CAS_URL}/login`, saml: SAML_IDP_ENTRY_POINT as string }[
    SSO_PROTOCOL
  ]
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(WITHIN_MS) })
  if (response.status >= 500) throw new Error(String(response.status))
}

/** A worker gives a sign of life, and no job waits that is due for two minutes. */
async function workerLives({ db }: Resources): Promise<void> {
  const [row] = await db.execute<{ waiting: boolean }>(
    sql`select exists (select from graphile_worker.jobs where run_at < now() - interval '2 minutes' and locked_at is null and attempts < max_attempts) as waiting`,
  )
  if (row?.waiting) throw new Error('jobs wait')
  await expectPulse(db)
}

/** Of the last texts most came to nothing. Otherwise how long they took from us to the carrier, where some were sent. */
async function textsArrive({ db }: Resources): Promise<number | undefined> {
  const [row] = await db.execute<{ texts: number; lost: number; took: number | null }>(sql`
    select count(*)::int as texts, count(*) filter (where state in ('failed', 'undelivered', 'unknown'))::int as lost,
      (extract(epoch from percentile_cont(0.5) within group (order by sent_at - created_at)) * 1000)::float8 as took
    from (select state, sent_at, created_at from sms_messages where created_at > now() - interval '30 minutes' order by created_at desc limit 20) t`)
  if (row && row.texts >= FEWEST_TEXTS && row.lost * 2 > row.texts) throw new Error('texts do not arrive')
  return row?.took ?? undefined
}

/** Fewer say nothing: some people mistype their number. */
const FEWEST_TEXTS = 5
const KEPT_MS = 3_000
let latest: { at: number; found: Promise<Component[]> } | undefined

/** As `components`, asked once in three seconds however many want to know. */
export function latestComponents(): Promise<Component[]> {
  if (!latest || Date.now() - latest.at > KEPT_MS) latest = { at: Date.now(), found: components() }
  return latest.found
}

/** What the portal stands on, each asked at once and given 2.5 s. */
export async function components(on: Resources = resources()): Promise<Component[]> {
  const { db, mail } = on
  const checks: [name: string, essential: boolean, check: () => Promise<unknown>][] = [
    ['database', true, () => db.execute(sql`select 1`)],
    ['identity_provider', false, providerAnswers],
    ['directory', false, () => mail.directory.check()],
    ['mailbox', false, () => mail.mailbox.check()],
    ['app_passwords', false, () => mail.appPasswords.check()],
    ['trace', false, () => mail.trace.check()],
    ['quarantine', false, () => mail.quarantine.check()],
    ['filter', false, () => Promise.all([mail.filter.check(), mail.senderRules.check()])],
    ['address_book', false, () => mail.addressBook.check()],
    ['sms', false, () => textsArrive(on)],
    ['worker', false, () => workerLives(on)],
    ['audit', false, () => expectWholeChain(on)],
  ]
  return Promise.all(checks.map(async ([name, essential, check]) => ({ name, essential, ...(await answers(check)) })))
}
