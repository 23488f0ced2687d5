import { sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { ERRORS, toAppError } from '../errors.ts'
import { enqueue } from '../jobs.ts'
import { log } from '../log.ts'
import { ATTEMPTS, keepNotice, SEND } from './enqueue.ts'
import type { NoticeParams } from './kinds.ts'

/** Longer than anything takes that a person waits for. */
const UNSETTLED_MINUTES = 10

export interface ActTold {
  mailbox: string
  params: Omit<NoticeParams<'helpdesk_acted'>, 'unsure'>
}

/**
 * Commits the notice before the act, which may happen outside the database, and sends it once the act is done. What was refused is not
 * told. Where nobody knows how it ended (the portal died over it, or the mail system did not say), it is told ten minutes later, as an act
 * that may not have been completed: the owner rather reads too much than too little (F3).
 */
export async function tellAround<T>(db: Database, { mailbox, params }: ActTold, act: () => Promise<T>): Promise<T> {
  const id = await db.transaction(async (tx) => {
    const kept = await keepNotice(tx, { mailbox, kind: 'helpdesk_acted', params: { ...params, unsure: true } })
    await send(tx, kept, UNSETTLED_MINUTES)
    return kept
  })
  const settle = (how: (tx: Queryable) => Promise<void>) =>
    db.transaction(how).catch((error) => log.error({ error, noticeId: id }, 'a notice is left to its own time'))
  let data: T
  try {
    data = await act()
  } catch (thrown) {
    if (ERRORS[toAppError(thrown).code] < 500) await settle((tx) => withdraw(tx, id))
    throw thrown
  }
  await settle(async (tx) => {
    await tx.execute(sql`update notices set params = params #- '{values,unsure}' where id = ${id} and state = 'queued'`)
    await send(tx, id)
  })
  return data
}

/** Its key lets the time be moved. */
const send = (tx: Queryable, id: string, afterMinutes = 0) =>
  enqueue(tx, SEND, { noticeId: id }, { key: id, attempts: ATTEMPTS, afterMinutes })

async function withdraw(tx: Queryable, id: string): Promise<void> {
  await tx.execute(sql`delete from notices where id = ${id} and state = 'queued'`)
  await tx.execute(sql`select graphile_worker.remove_job(${id})`)
}
