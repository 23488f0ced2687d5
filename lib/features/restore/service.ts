import type { z } from 'zod'
import type { DeletedQuery } from '#lib/mail-core/mailbox/port.ts'
import type { Authorized, AuthorizedMailbox } from '#lib/platform/actor.ts'
import { boundPhone } from '#lib/platform/bound-phone.ts'
import type { Context } from '#lib/platform/context.ts'
import { databaseNow } from '#lib/platform/database-clock.ts'
import { AppError } from '#lib/platform/errors.ts'
import { actsAsStaff } from '#lib/platform/staff.ts'
import {
  type CountDeleted,
  DAYS_OFFERED,
  type DeletedCount,
  type DeletedPage,
  type ListDeleted,
  MASS,
  type MassDeletion,
  type OneRestore,
  type Restore,
  type StartRestore,
} from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const SECOND_MS = 1_000
const MEGABYTE = 2 ** 20

export async function listDeleted(context: Context, input: Input<typeof ListDeleted>): Promise<DeletedPage> {
  const { db, mail } = context
  const { mailbox, after, limit, text, folder, from, until } = input
  await expectPhone(context, mailbox)
  const query = queryOf(await databaseNow(db), input)
  const plain = after === undefined && !text && !folder && !from && !until
  const [{ messages, next }, mass, running] = await Promise.all([
    mail.mailbox.deleted(mailbox, { ...query, limit, after }),
    plain ? newestMass(mail, mailbox, query.since) : null,
    store.openRestore(db, mailbox),
  ])
  const deleters = await mail.trace.deletedBy(mailbox, messages)
  return {
    mails: messages.map(({ id, deletedAt, folder, from, subject, size }) => {
      const { client, protocol } = deleters.get(id) ?? {}
      return { id, deletedAt, folder, from, subject, size, deletedBy: protocol ? { client: client ?? null, protocol } : null }
    }),
    next,
    mass,
    running,
  }
}

export async function countDeleted(context: Context, input: Input<typeof CountDeleted>): Promise<DeletedCount> {
  const { db, mail } = context
  const { mailbox } = input
  await expectPhone(context, mailbox)
  const [counted, { usedBytes, limitBytes }] = await Promise.all([
    mail.mailbox.countDeleted(mailbox, queryOf(await databaseNow(db), input)),
    mail.mailbox.quota(mailbox),
  ])
  return { ...counted, usedAfter: usedBytes + counted.bytes, limitBytes }
}

/** What is asked for is fixed here: mail that is deleted while the restore runs is left where it is. */
export async function startRestore(context: Context, input: Input<typeof StartRestore>) {
  const { db, mail, audited } = context
  const { mailbox, ids } = input
  await expectPhone(context, mailbox)
  const now = await databaseNow(db)
  const query = { ...queryOf(now, input), until: earlier(input.until, new Date(now.getTime() + SECOND_MS)) }
  const wanted = ids ? await chosenOf(mail, mailbox, query.since, ids) : { ...(await mail.mailbox.countDeleted(mailbox, query)), gone: 0 }
  if (wanted.count === 0) throw new AppError('restore_gone')
  await expectRoom(mail, mailbox, wanted.bytes)
  const folders = wanted.folders.map(({ folder, count }) => ({ folder, total: count, restored: 0, gone: 0 }))
  const { gone } = wanted
  const chosen = 'chosen' in wanted ? wanted.chosen : null
  const id = await store.insertRestore(db, mailbox, { query, chosen, total: wanted.count + gone, gone, folders })
  if (!id) throw new AppError('restore_running')
  audited.detail = { count: wanted.count, restore: id }
  return { id }
}

export async function showRestore(context: Context, { mailbox, id }: Input<typeof OneRestore>): Promise<Restore> {
  const { db } = context
  await expectPhone(context, mailbox)
  const found = await store.restoreOf(db, mailbox, id)
  if (!found) throw new AppError('not_found')
  const { state, total, restored, gone, folders, startedAt, finishedAt } = found
  const open = state === 'queued' || state === 'running'
  const under = { stopping: open && found.stopRequested, waiting: open && found.failingSince !== null }
  return { ...{ id, state, total, restored, gone, folders, startedAt, finishedAt }, ...under }
}

/** Before its turn it ends at once; else after the batch that is under way. */
export async function stopRestore(context: Context, { mailbox, id }: Input<typeof OneRestore>) {
  const { db } = context
  await expectPhone(context, mailbox)
  if (!(await store.requestStop(db, mailbox, id))) throw new AppError('not_found')
  return { id }
}

/** Whom staff have verified need not have one: it may be what the caller has lost. */
async function expectPhone({ db, actor }: Context, mailbox: AuthorizedMailbox): Promise<void> {
  if (!actsAsStaff(actor, mailbox) && !(await boundPhone(db, mailbox))) throw new AppError('phone_required')
}

const later = (one: Date | undefined, other: Date) => (one && one > other ? one : other)
const earlier = (one: Date | undefined, other: Date) => (one && one < other ? one : other)

/** Nothing older than what is offered, whatever is asked for (T42). */
function queryOf(now: Date, { text, folder, from, until }: Omit<z.output<typeof CountDeleted>, 'mailbox'>): DeletedQuery {
  return { since: later(from, new Date(now.getTime() - DAYS_OFFERED * DAY_MS)), until, text, folder }
}

/** Of these ids, those of mail that is still offered. Another one's, or what is back already, is `gone`. */
async function chosenOf(mail: Context['mail'], mailbox: AuthorizedMailbox, since: Date, ids: string[]) {
  const wanted = new Set(ids)
  const chosen: { id: string; folder: string }[] = []
  const folders = new Map<string, { folder: string; count: number }>()
  let bytes = 0
  for await (const batch of mail.mailbox.deletedIds(mailbox, { since })) {
    for (const { id, folder, size } of batch) {
      if (!wanted.delete(id)) continue
      chosen.push({ id, folder })
      folders.set(folder, { folder, count: (folders.get(folder)?.count ?? 0) + 1 })
      bytes += size
    }
    if (wanted.size === 0) break
  }
  return { chosen, count: chosen.length, bytes, folders: [...folders.values()], gone: wanted.size }
}

/** Taking mail back is never refused by the server for want of room, so that it is looked at before. */
async function expectRoom(mail: Context['mail'], mailbox: AuthorizedMailbox, bytes: number): Promise<void> {
  const { usedBytes, limitBytes } = await mail.mailbox.quota(mailbox)
  if (limitBytes === null || usedBytes + bytes <= limitBytes) return
  throw new AppError('restore_no_room', { values: { over: Math.ceil((usedBytes + bytes - limitBytes) / MEGABYTE) } })
}

const MOST_LOOKED_AT = 3

/** As long as one of its mails is still deleted. The log may lag behind the deletion, so that a minute is added at both ends. */
async function newestMass(mail: Context['mail'], mailbox: AuthorizedMailbox, since: Date): Promise<MassDeletion | null> {
  for (const { from, to, count, client, protocol } of (await mail.trace.massDeletions(mailbox, since, MASS)).slice(0, MOST_LOOKED_AT)) {
    const period = { from: new Date(from.getTime() - MINUTE_MS), to: new Date(to.getTime() + MINUTE_MS) }
    const { messages } = await mail.mailbox.deleted(mailbox, { since: later(period.from, since), until: period.to, limit: 1 })
    if (messages.length > 0)
      return { at: from, ...period, count, client, protocol, until: new Date(from.getTime() + DAYS_OFFERED * DAY_MS) }
  }
  return null
}
