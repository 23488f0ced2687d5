import { NO_REQUEST, type Resources } from '#lib/platform/context.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { finishRecallOperation, withdrawCopyOperation } from './operations.ts'
import * as store from './store.ts'

const BY_JOB = { actor: { kind: 'system', job: store.RUN }, request: NO_REQUEST, ownOrigin: true } as const
const AT_ONCE = 8
const BATCH = 100

/** Nobody is asked while the mail store is away, so that no mailbox's record fills with attempts (F5). */
async function isThere({ mail }: Resources): Promise<boolean> {
  try {
    await mail.mailbox.check()
    return true
  } catch (error) {
    log.warn({ error }, 'recalls wait for the mail store')
    return false
  }
}

/** Takes a batch of copies back, some at once. Returns whether there was one that could be dealt with. */
async function withdrawSome(on: Resources): Promise<boolean> {
  const batch = await store.takePending(on.db, BATCH)
  const each = batch.values()
  let dealtWith = 0
  const one = async () => {
    for (const copy of each) if ((await withdrawCopyOperation.execute(BY_JOB, copy, on)).ok) dealtWith++
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return dealtWith > 0
}

/** The rows are what lasts: a round that is killed is taken up by the next one. */
async function runRecalls(on: Resources): Promise<void> {
  if ((await store.isAnyPending(on.db)) && (await isThere(on))) while (await withdrawSome(on));
  await store.giveUp(on.db)
  for (const finished of await store.finishable(on.db)) await finishRecallOperation.execute(BY_JOB, finished, on)
}

export const sentJobs: Jobs = {
  tasks: { [store.RUN]: (_, on) => runRecalls(on) },
  every: { [store.RUN]: 10 },
}
