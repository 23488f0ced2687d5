import { z } from 'zod'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Resources } from '#lib/platform/context.ts'
import { databaseNow } from '#lib/platform/database-clock.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { DAYS_OFFERED, MASS } from './schema.ts'
import * as store from './store.ts'

const AT_ONCE = 200
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A day longer than it is offered (T42). */
const DAYS_KEPT = DAYS_OFFERED + 1
/** Who waits no longer than this sees the end. */
const LONG = { mails: 100, seconds: 30 }

/** Works on until all is back, it is told to stop, or the mail server does not answer: then it goes on later, where it was (F3, F5). */
async function runRestore(on: Resources, mailbox: string, id: string): Promise<void> {
  const job = await store.claimRestore(on.db, mailbox, id)
  if (!job) return
  try {
    await workThrough(on, job)
  } catch (error) {
    if (!(error instanceof MailCoreError)) throw error
    log.warn({ error, restore: id }, 'a restore did not go on')
    const left = await store.setAside(on.db, job)
    if (left?.job.stopRequested) return end(on, left.job, 'stopped')
    // Whoever is away comes back; who says no, for want of room as a rule, says it again.
    const away = error.code === 'unreachable' || error.code === 'timeout'
    if (left && (left.over || !away)) await end(on, left.job, 'failed')
  }
}

async function workThrough(on: Resources, claimed: store.Claimed): Promise<void> {
  let job: store.Claimed | undefined = claimed
  // Whoever was at it before may have put back any of these.
  if (job.batch) job = await restoreBatch(on, job, job.batch, { again: true })
  if (!job) return
  if (job.stopRequested) return end(on, job, 'stopped')
  for await (const { batch, rest } of batchesOf(on.mail, job)) {
    if (job.stopRequested) return end(on, job, 'stopped')
    job = await store.saveProgress(on.db, job, { batch, chosen: rest })
    if (job) job = await restoreBatch(on, job, batch, { again: false })
    if (!job) return
  }
  await end(on, job, 'done')
}

async function* batchesOf(mail: Resources['mail'], { mailbox, query, chosen }: store.Claimed) {
  if (chosen) {
    for (let from = 0; from < chosen.length; from += AT_ONCE)
      yield { batch: chosen.slice(from, from + AT_ONCE), rest: chosen.slice(from + AT_ONCE) }
    return
  }
  const { since, until, ...rest } = query
  for await (const found of mail.mailbox.deletedIds(mailbox, { ...rest, since: new Date(since), until: new Date(until) }))
    yield { batch: found.map(({ id, folder }) => ({ id, folder })), rest: null }
}

/** `again`: of a batch whose end nobody saw, what is not deleted any more is back by that very batch. */
async function restoreBatch({ db, mail }: Resources, job: store.Claimed, batch: store.StoredMail[], { again }: { again: boolean }) {
  const { gone } = await mail.mailbox.restore(
    job.mailbox,
    batch.map(({ id }) => id),
  )
  return store.saveProgress(db, job, { batch: null, ...added(job, batch, new Set(again ? [] : gone)) })
}

function added(job: Pick<store.Claimed, 'folders' | 'total' | 'restored' | 'gone'>, batch: store.StoredMail[], gone: Set<string>) {
  const folders = new Map(job.folders.map((each) => [each.folder, { ...each }]))
  for (const { id, folder } of batch) {
    const own: store.FolderProgress = folders.get(folder) ?? { folder, total: 0, restored: 0, gone: 0 }
    folders.set(folder, own)
    own[gone.has(id) ? 'gone' : 'restored'] += 1
    own.total = Math.max(own.total, own.restored + own.gone)
  }
  const [restored, missed] = [job.restored + batch.length - gone.size, job.gone + gone.size]
  return { folders: [...folders.values()], restored, gone: missed, total: Math.max(job.total, restored + missed) }
}

/** What was counted and did not come up was taken back elsewhere meanwhile. */
const settled = ({ total, restored, folders }: store.Claimed) => ({
  gone: total - restored,
  folders: folders.map((each) => ({ ...each, gone: each.total - each.restored })),
})

async function end({ db }: Resources, job: store.Claimed, state: 'done' | 'stopped' | 'failed'): Promise<void> {
  const { mailbox, total, restored, gone } = job
  await db.transaction(async (tx) => {
    if (state === 'done') await store.saveProgress(tx, job, settled(job))
    const finished = await store.finishRestore(tx, job, state)
    if (!finished) return
    if (state === 'failed') {
      await enqueueNotice(tx, { mailbox, kind: 'restore_failed', params: { count: restored, left: total - restored - gone } })
    } else if (state === 'done' && (restored > LONG.mails || finished.seconds > LONG.seconds)) {
      await enqueueNotice(tx, { mailbox, kind: 'restore_done', params: { count: restored, gone: total - restored } })
    }
  })
}

const WINDOW_MS = 60 * MINUTE_MS
const GOES_ON_MS = 10 * MINUTE_MS

/** Tells each owner once of much mail that was deleted at once, when it has come to an end or goes on for long. */
async function tellMassDeletions({ db, mail }: Resources): Promise<void> {
  const now = (await databaseNow(db)).getTime()
  const since = new Date(now - WINDOW_MS)
  for (const mailbox of await mail.trace.mailboxesWithDeletions(since, MASS)) {
    for (const mass of await mail.trace.massDeletions(mailbox, since, MASS)) {
      const { from, to, count, client } = mass
      if (to.getTime() > now - MINUTE_MS && from.getTime() > now - GOES_ON_MS) continue
      const params = { count, client, deleted: from.toISOString(), until: new Date(from.getTime() + DAYS_OFFERED * DAY_MS).toISOString() }
      await db.transaction(async (tx) => {
        if (await store.keepMassDeletion(tx, mailbox, mass)) await enqueueNotice(tx, { mailbox, kind: 'mass_deletion', params })
      })
    }
  }
}

const Run = z.object({ mailbox: z.string(), id: z.guid() })

export const restoreJobs: Jobs = {
  tasks: {
    [store.RUN]: (payload, on) => {
      const { mailbox, id } = Run.parse(payload)
      return runRestore(on, mailbox, id)
    },
    'restore.resume': (_, { db }) => store.enqueueWaiting(db),
    'restore.tell-mass-deletions': (_, on) => tellMassDeletions(on),
    'restore.keep-deleted': (_, { mail }) => mail.mailbox.keepDeleted(DAYS_KEPT),
  },
  every: { 'restore.resume': 5, 'restore.tell-mass-deletions': 60, 'restore.keep-deleted': 6 * 3600 },
}
