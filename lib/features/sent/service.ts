import type { z } from 'zod'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Outcome, SentTo, SentMail as Traced } from '#lib/mail-core/trace/port.ts'
import type { Authorized, AuthorizedMailbox } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { databaseNow } from '#lib/platform/database-clock.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { lookAtCopies } from '#lib/platform/look-at-copies.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { fileRequest } from '#lib/platform/staff-requests.ts'
import type {
  CopyState,
  Fate,
  FinishRecall,
  ListSent,
  OneSent,
  Recall,
  RecallPreview,
  RecallState,
  SentDetail,
  SentMail,
  SentPage,
  SentRecipient,
  WithdrawCopy,
} from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

const DAY = 86_400_000
const NAMED = 3

/** What a recipient's filter or owner did with a mail is theirs: it arrived. */
const FATES: Partial<Record<Outcome, Fate>> = { waiting: 'waiting', rejected: 'refused', failed: 'refused' }
const fateOf = ({ outcome }: SentTo): Fate => FATES[outcome] ?? 'arrived'

export async function listSent(
  { db, mail }: Context,
  { mailbox, before, after, search, limit }: Input<typeof ListSent>,
): Promise<SentPage> {
  const first = before === undefined && after === undefined
  // One more than is shown tells whether there is another page that way.
  const rows = await mail.trace.sent(mailbox, { limit: limit + 1, before, after, text: search })
  const more = rows.length > limit
  const page = after === undefined ? rows.slice(0, limit) : rows.slice(more ? 1 : 0)
  const ids = page.map(({ id }) => id)
  const states = await store.recallStates(db, mailbox, ids)
  return {
    mails: page.map((sent) => toMail(sent, states.get(sent.id) ?? null)),
    older: after !== undefined || more ? (ids.at(-1) ?? null) : null,
    newer: (after === undefined ? !first : more) ? (ids[0] ?? null) : null,
    days: env().HELD_DAYS,
  }
}

function toMail({ id, sentAt, subject, size, recipients }: Traced, recall: RecallState | null): SentMail {
  const written = [...new Set(recipients.map(({ writtenAs }) => writtenAs))]
  const fates = { arrived: 0, waiting: 0, refused: 0 }
  for (const recipient of recipients) fates[fateOf(recipient)]++
  return { id, sentAt, subject, size, to: written.slice(0, NAMED), more: Math.max(0, written.length - NAMED), fates, recall }
}

/** The trace alone says that this login handed a mail in (T43). */
async function sentBy({ mail }: Context, mailbox: AuthorizedMailbox, id: string): Promise<Traced> {
  const sent = await mail.trace.findSent(mailbox, id)
  if (!sent) throw new AppError('not_found')
  return sent
}

const localOf = ({ mail }: Context, { recipients }: Traced): Promise<Set<string>> =>
  mail.directory.enabled(recipients.map(({ address }) => address))

const lookAt = ({ mail }: Context, { id, messageId, recipients }: Traced, local: Set<string>) => {
  const there = recipients.filter((recipient) => local.has(recipient.address) && fateOf(recipient) === 'arrived')
  const addresses = there.map(({ address }) => address)
  return lookAtCopies(mail.mailbox, addresses, { queueId: id, messageId })
}

const recallableUntil = ({ sentAt }: Traced) => new Date(sentAt.getTime() + env().RECALL_DAYS * DAY)

export async function showSent(context: Context, { mailbox, id }: Input<typeof OneSent>): Promise<SentDetail> {
  const { db } = context
  const sent = await sentBy(context, mailbox, id)
  const local = await localOf(context, sent).catch(unlessAway)
  const [copies, states, now] = await Promise.all([
    lookAt(context, sent, local ?? new Set()),
    store.recallStates(db, mailbox, [id]),
    databaseNow(db),
  ])
  const recipients = sent.recipients.map((recipient): SentRecipient => {
    const fate = fateOf(recipient)
    const { address, writtenAs, reason, at } = recipient
    // When something arrived is left out: of what is held or was deleted there, the last time is the recipient's own doing.
    const told = fate === 'arrived' ? { reason: null, at: null } : { reason, at }
    return { address: writtenAs, fate, ...told, local: local?.has(address) ?? null, copy: copies.get(address) ?? null }
  })
  const until = recallableUntil(sent)
  const may = now < until && recipients.some((each) => each.local !== false && each.fate === 'arrived')
  return { ...toMail(sent, states.get(id) ?? null), recipients, recallableUntil: may ? until : null }
}

export async function previewRecall(context: Context, { mailbox, id }: Input<typeof OneSent>): Promise<RecallPreview> {
  const sent = await sentBy(context, mailbox, id)
  const local = await localOf(context, sent)
  const copies = await lookAt(context, sent, local)
  const { RECALL_READ: readToo, RECALL_NOTICE, RECALL_APPROVAL_OVER } = env()
  const counts = { read: 0, unread: 0, none: 0, undelivered: 0, outside: 0, unknown: 0 }
  for (const recipient of sent.recipients) {
    const start = startOf(recipient, local)
    if (start !== 'pending') counts[start]++
    else counts[copies.get(recipient.address) ?? 'unknown']++
  }
  const { unread, read, ...rest } = counts
  const total = sent.recipients.length
  return {
    ...{ total, recallable: unread + (readToo ? read : 0), read, ...rest, readToo },
    needsApproval: total - rest.outside - rest.undelivered > RECALL_APPROVAL_OVER,
    told: RECALL_NOTICE === 'recipients',
  }
}

/** Where a recipient's copy stands before anything is done. */
function startOf(recipient: SentTo, local: Set<string>): 'pending' | 'outside' | 'undelivered' {
  if (!local.has(recipient.address)) return 'outside'
  return fateOf(recipient) === 'arrived' ? 'pending' : 'undelivered'
}

/** Once for each mail: asked again, it says how the first one goes (F12). */
export async function recallSent(context: Context, { mailbox, id }: Input<typeof OneSent>): Promise<Recall> {
  const { db, audited } = context
  const sent = await sentBy(context, mailbox, id)
  const known = await store.findRecall(db, mailbox, id)
  if (known) return toRecall(known)
  if ((await databaseNow(db)) >= recallableUntil(sent)) throw new AppError('recall_too_late', { values: { days: env().RECALL_DAYS } })
  const local = await localOf(context, sent)
  const recipients = sent.recipients.map((recipient) => ({
    ...{ mailbox: recipient.address, writtenAs: recipient.writtenAs },
    state: startOf(recipient, local),
  }))
  const wanted = recipients.filter(({ state }) => state === 'pending').length
  if (wanted === 0) throw new AppError('recall_nothing')
  const state = wanted > env().RECALL_APPROVAL_OVER ? 'waiting_approval' : 'queued'
  const { messageId, sentAt } = sent
  await db.transaction(async (tx) => {
    if (!(await store.beginRecall(tx, mailbox, { traceId: id, messageId, sentAt, state, recipients }))) return
    if (state === 'queued') await enqueue(tx, store.RUN, {}, { key: store.RUN, queue: store.RUN })
    else await fileRequest(tx, { mailbox, kind: 'recall', about: { recall: id, recipients: wanted }, words: '' })
  })
  audited.detail = { count: wanted }
  return showRecall(context, { mailbox, id })
}

export async function showRecall({ db }: Context, { mailbox, id }: Input<typeof OneSent>): Promise<Recall> {
  const recall = await store.findRecall(db, mailbox, id)
  if (!recall) throw new AppError('not_found')
  return toRecall(recall)
}

const toRecall = ({ traceId, state, createdAt, finishedAt, recipients }: NonNullable<Awaited<ReturnType<typeof store.findRecall>>>) => ({
  ...{ id: traceId, state, createdAt, finishedAt, recipients },
})

/**
 * Takes one recipient's copies, which the recall's queue id and Message-ID name together (T43). It may run again after a kill at any
 * point: what was there and is gone was taken, and who is told is told with the change of state, once.
 */
export async function withdrawCopy(context: Context, { mailbox, recall }: Input<typeof WithdrawCopy>): Promise<{ state: CopyState }> {
  const { db, mail, audited } = context
  const copy = await store.findCopy(db, mailbox, recall)
  if (!copy) throw new AppError('not_found')
  audited.detail = { name: copy.sender, kind: copy.state }
  if (copy.state !== 'pending') return { state: copy.state }
  if (copy.recallState === 'waiting_approval' || copy.recallState === 'refused') throw new AppError('conflict')
  const [identity, readToo] = [{ messageId: copy.messageId, queueId: copy.traceId }, env().RECALL_READ]
  const there = await mail.mailbox.copyOf(mailbox, identity).catch(noMailbox)
  if (there === 'unread' || (there === 'read' && readToo)) await store.noteCopyThere(db, mailbox, recall)
  const found = await mail.mailbox.withdraw(mailbox, identity, { readToo }).catch(noMailbox)
  const settled = await db.transaction(async (tx) => {
    const state = await store.settleCopy(tx, mailbox, recall, found)
    const tell = state === 'withdrawn' && env().RECALL_NOTICE === 'recipients' && mailbox !== copy.sender
    const params = { sender: copy.sender, sent: copy.sentAt.toISOString() }
    if (tell) await enqueueNotice(tx, { mailbox, kind: 'mail_recalled', params })
    return state
  })
  const state = settled ?? (await store.findCopy(db, mailbox, recall))?.state ?? found
  audited.detail = { name: copy.sender, kind: state }
  return { state }
}

export async function finishRecall({ db, audited }: Context, { mailbox, recall }: Input<typeof FinishRecall>) {
  const withdrawn = await store.finishRecall(db, mailbox, recall)
  if (withdrawn === null) throw new AppError('not_found')
  audited.detail = { count: withdrawn }
  return { withdrawn }
}

/** Who is in the directory and has never had mail has no mailbox to ask. */
function noMailbox(error: unknown): 'none' {
  if (error instanceof MailCoreError && error.code === 'not_found') return 'none'
  throw error
}

function unlessAway(error: unknown): null {
  if (!(error instanceof MailCoreError)) throw error
  log.warn({ error }, 'whose mailboxes are here is not known now')
  return null
}
