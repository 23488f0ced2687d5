import type { z } from 'zod'
import { activityOf } from '#lib/platform/activity-log.ts'
import type { Authorized } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import type { ActivityEntry, ActivityPage, ExportActivity, ListActivity } from './schema.ts'

const MOST_EXPORTED = 10_000
type Input<T extends z.ZodType> = Authorized<z.output<T>>

export async function listActivity({ db }: Context, { mailbox, before, limit }: Input<typeof ListActivity>): Promise<ActivityPage> {
  const entries = await activityOf(db, mailbox, { before, limit: limit + 1 })
  const page = entries.slice(0, limit)
  return { entries: page, next: entries.length > limit ? (page.at(-1)?.id ?? null) : null }
}

export async function exportActivity({ db }: Context, { mailbox }: Input<typeof ExportActivity>): Promise<{ entries: ActivityEntry[] }> {
  return { entries: await activityOf(db, mailbox, { limit: MOST_EXPORTED }) }
}
