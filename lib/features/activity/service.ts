import type { z } from 'zod'
import type { Authorized } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { networkOf } from '#lib/platform/request.ts'
import { describeUserAgent } from '#lib/platform/user-agent.ts'
import type { ActivityEntry, ActivityPage, ExportActivity, ListActivity } from './schema.ts'
import { entriesOf } from './store.ts'

const MOST_EXPORTED = 10_000
type Input<T extends z.ZodType> = Authorized<z.output<T>>
type Row = Awaited<ReturnType<typeof entriesOf>>[number]

export async function listActivity({ db }: Context, { mailbox, before, limit }: Input<typeof ListActivity>): Promise<ActivityPage> {
  const rows = await entriesOf(db, mailbox, { before, limit: limit + 1 })
  const page = rows.slice(0, limit)
  return { entries: page.map((row) => toEntry(row, mailbox)), next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null }
}

export async function exportActivity({ db }: Context, { mailbox }: Input<typeof ExportActivity>): Promise<{ entries: ActivityEntry[] }> {
  const rows = await entriesOf(db, mailbox, { limit: MOST_EXPORTED })
  return { entries: rows.map((row) => toEntry(row, mailbox)) }
}

function toEntry(row: Row, mailbox: string): ActivityEntry {
  const own = row.actorId === mailbox
  return {
    id: row.seq,
    reference: row.reference,
    at: row.at,
    operation: row.operation,
    actor: { kind: row.actorKind as ActivityEntry['actor']['kind'], name: row.actorId, own },
    ip: row.ip,
    network: networkOf(row.ip),
    ...describeUserAgent(row.userAgent),
    detail: JSON.parse(row.detail),
    outcome: row.outcome ?? 'unknown',
    code: row.code,
  }
}
