import type { z } from 'zod'
import { chainState, VERIFY_AUDIT } from '#lib/platform/audit-verdict.ts'
import type { Context } from '#lib/platform/context.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import type { AuditDetail, AuditEntry, AuditPage, Chain, ListAudit, Narrowed, OneEntry } from './schema.ts'
import * as store from './store.ts'

const EXPORTED_AT_ONCE = 1_000

/** Whoever looks at one account alone, that account's owner sees it. */
function tellWhose({ audited }: Context, account: string | null | undefined): void {
  if (account) audited.mailbox = account
}

export async function listAudit(context: Context, { limit, ...wanted }: z.output<typeof ListAudit>): Promise<AuditPage> {
  tellWhose(context, wanted.account)
  const entries = await store.entriesOf(context.db, { ...wanted, limit: limit + 1 })
  const page = entries.slice(0, limit)
  return { entries: page, next: entries.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** However many there are, so many are in memory at a time. */
export async function exportAudit(context: Context, wanted: Narrowed): Promise<{ pages: AsyncIterable<AuditEntry[]> }> {
  tellWhose(context, wanted.account)
  return { pages: allPages(context.db, wanted) }
}

async function* allPages(db: Context['db'], wanted: Narrowed): AsyncGenerator<AuditEntry[]> {
  for (let before: number | undefined; ; ) {
    const page = await store.entriesOf(db, { ...wanted, before, limit: EXPORTED_AT_ONCE })
    if (page.length > 0) yield page
    if (page.length < EXPORTED_AT_ONCE) return
    before = page.at(-1)?.id
  }
}

export async function showEntry(context: Context, { reference }: z.output<typeof OneEntry>): Promise<AuditDetail> {
  const found = await store.entryRows(context.db, reference)
  if (!found) throw new AppError('not_found')
  tellWhose(context, found.entry.mailbox)
  const rows = found.rows.map(({ seq, phase, at, hash }) => ({ seq, phase, at, hash: Buffer.from(hash).toString('hex') }))
  return { ...found.entry, rows }
}

export async function showChain({ db }: Context): Promise<Chain> {
  const { state, verdict } = await chainState({ db })
  return { state, verdict: verdict && { ...verdict, at: new Date(verdict.at) } }
}

/** The worker walks the chain at once, not only in its hour. */
export async function verifyChain({ db }: Context) {
  await enqueue(db, VERIFY_AUDIT, {}, { key: VERIFY_AUDIT, queue: VERIFY_AUDIT, attempts: 1 })
  return {}
}
