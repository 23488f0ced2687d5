import { administrators } from '#lib/platform/administrators.ts'
import type { Resources } from '#lib/platform/context.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import * as store from './store.ts'

/** The system that uses it would stop one day, and whoever made it may have left: every administrator hears of it. */
async function tellExpiring({ db }: Resources): Promise<void> {
  for (const days of [1, 14] as const) {
    await db.transaction(async (tx) => {
      for (const { name, owner: maker, expiresAt } of await store.takeExpiring(tx, days)) {
        const params = { name, maker, expires: expiresAt.toISOString(), days }
        for (const mailbox of await administrators(tx, maker)) await enqueueNotice(tx, { mailbox, kind: 'api_token_expiring', params })
      }
    })
  }
}

export const tokenJobs: Jobs = {
  tasks: { 'tokens.tell-expiring': (_, on) => tellExpiring(on) },
  every: { 'tokens.tell-expiring': 3600 },
}
