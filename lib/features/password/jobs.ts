import { NO_REQUEST, type Resources } from '#lib/platform/context.ts'
import { databaseNow } from '#lib/platform/database-clock.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { openChanges, outcomeOf } from '#lib/platform/password-change.ts'
import { settleChangeOperation } from './operations.ts'
import * as store from './store.ts'

/** Days before its end that a password is spoken of. */
const TOLD_AHEAD = [1, 7, 14] as const
const DAY = 86_400_000

const BY_JOB = { actor: { kind: 'system', job: 'password.settle' }, request: NO_REQUEST, ownOrigin: true } as const

/** While the directory is away, a change stays open, and is looked at again in the next round. */
async function settleOpen(on: Resources): Promise<void> {
  for (const change of await openChanges(on.db)) {
    const ended = await outcomeOf(on, change).catch((error) => log.warn({ error }, 'how a password change ended is not known yet'))
    if (ended) await settleChangeOperation.execute(BY_JOB, { change }, on)
  }
}

/** Each password is told once for each number of days, and only for the fewest that fit. */
async function tellExpiring({ db, mail }: Resources): Promise<void> {
  const now = await databaseNow(db)
  for await (const page of mail.directory.passwordsExpiring(now, new Date(now.getTime() + Math.max(...TOLD_AHEAD) * DAY))) {
    for (const days of TOLD_AHEAD) {
      const due = page.filter(({ expiresAt }) => TOLD_AHEAD.find((ahead) => expiresAt.getTime() - now.getTime() <= ahead * DAY) === days)
      const ends = new Map(due.map(({ address, expiresAt }) => [address, expiresAt.toISOString()]))
      await db.transaction(async (tx) => {
        for (const mailbox of await store.takeExpiring(tx, due, days)) {
          await enqueueNotice(tx, { mailbox, kind: 'password_expiring', params: { days, expires: ends.get(mailbox) ?? '' } })
        }
      })
    }
  }
  await store.forgetExpiryNotices(db)
}

export const passwordJobs: Jobs = {
  tasks: {
    'password.settle': (_, on) => settleOpen(on),
    'password.tell-expiring': (_, on) =>
      tellExpiring(on).catch((error) => log.warn({ error }, 'nobody could be told of an expiring password')),
  },
  every: { 'password.settle': 30, 'password.tell-expiring': 6 * 3600 },
}
