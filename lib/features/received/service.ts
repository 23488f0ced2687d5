import type { z } from 'zod'
import { atMost } from '#lib/mail-core/limit.ts'
import type { HeldMail } from '#lib/mail-core/quarantine/port.ts'
import type { Outcome, TracedMail } from '#lib/mail-core/trace/port.ts'
import type { Authorized, AuthorizedMailbox } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueueUnwanted, isUndecided, needsHelpdesk, releaseHeld } from '#lib/platform/held-mail.ts'
import { LIMITS, PreviewRefused } from '#lib/platform/safe-preview/preview.ts'
import { safePreview } from '#lib/platform/safe-preview/safe-preview.ts'
import { putSenderRules } from '#lib/platform/sender-rules.ts'
import { actsAsStaff } from '#lib/platform/staff.ts'
import { changeRequest, fileRequest, withdrawRequest } from '#lib/platform/staff-requests.ts'
import type {
  Deleted,
  DeleteReceived,
  ListReceived,
  MoveReceived,
  OneReceived,
  Preview,
  ReceivedDetail,
  ReceivedMail,
  ReceivedPage,
  Released,
  ReleaseReceived,
  RequestRelease,
  Result,
  UndeleteReceived,
  WatchReceived,
} from './schema.ts'
import { periodOf } from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

const OUTCOMES: Record<Result, Outcome[]> = {
  delivered: ['delivered', 'released'],
  junk: ['junk'],
  held: ['held', 'releasing'],
  waiting: ['waiting'],
  rejected: ['rejected', 'failed'],
  deleted: ['deleted', 'expired'],
}
const SOON_MS = 3 * 86_400_000
const MOST_EXPIRING = 20
/** Who waits for a preview holds no mail in memory. */
const inTurn = atMost(4)

export async function listReceived({ db, mail, actor }: Context, input: Input<typeof ListReceived>): Promise<ReceivedPage> {
  const { mailbox, before, after, from, to, result, search, limit } = input
  const first = before === undefined && after === undefined
  const plain = first && !from && !to && !result && !search
  const asStaff = actsAsStaff(actor, mailbox)
  const period = await periodOf(db, { from, to, zone: env().TIME_ZONE })
  // One more than is shown tells whether there is another page that way.
  const query = { limit: limit + 1, before, after, ...period, outcomes: result && OUTCOMES[result], text: search }
  const [rows, held, expiring] = await Promise.all([
    mail.trace.page(mailbox, query),
    mail.quarantine.count(mailbox),
    plain ? expiringSoon(mail, mailbox, asStaff) : [],
  ])
  const more = rows.length > limit
  const page = after === undefined ? rows.slice(0, limit) : rows.slice(more ? 1 : 0)
  return {
    mails: await withHeld(mail, mailbox, page, asStaff),
    expiring,
    older: after !== undefined || more ? (page.at(-1)?.id ?? null) : null,
    newer: (after === undefined ? !first : more) ? (page[0]?.id ?? null) : null,
    held,
    days: env().HELD_DAYS,
  }
}

async function expiringSoon(mail: Context['mail'], mailbox: AuthorizedMailbox, asStaff: boolean): Promise<ReceivedMail[]> {
  const open = await mail.quarantine.open(mailbox, { limit: MOST_EXPIRING, expiringBefore: new Date(Date.now() + SOON_MS) })
  const rows = await Promise.all(open.map(({ id }) => mail.trace.find(mailbox, id)))
  return rows.flatMap((row, at) => (row ? [toReceived(row, open[at], asStaff)] : []))
}

async function withHeld(mail: Context['mail'], mailbox: AuthorizedMailbox, rows: TracedMail[], asStaff: boolean): Promise<ReceivedMail[]> {
  const ids = rows.filter(({ outcome }) => outcome !== 'delivered' && outcome !== 'junk').map(({ id }) => id)
  const held = new Map((ids.length > 0 ? await mail.quarantine.find(mailbox, ids) : []).map((one) => [one.id, one]))
  return rows.map((row) => toReceived(row, held.get(row.id), asStaff))
}

function toReceived(row: TracedMail, held: HeldMail | undefined, asStaff: boolean): ReceivedMail {
  const { id, arrivedAt, from, subject, size, outcome, folder, reason } = row
  return {
    ...{ id, arrivedAt, from, subject, size, outcome, folder, reason },
    held: held ? { verdict: held.verdict, state: held.state, request: held.request, heldAt: held.heldAt, expiresAt: held.expiresAt } : null,
    may: asStaff ? mayForStaff(held) : mayForOwner(row, held),
  }
}

function mayForOwner({ outcome }: TracedMail, held: HeldMail | undefined): ReceivedMail['may'] {
  const open = held !== undefined && isUndecided(held)
  return {
    release: open && !needsHelpdesk(held),
    request: open && needsHelpdesk(held) && held.state !== 'requested',
    delete: open,
    undelete: held?.state === 'deleted' && held.kept,
    moveToInbox: outcome === 'junk',
  }
}

/** For a caller staff release spam, and no more. */
const mayForStaff = (held: HeldMail | undefined): ReceivedMail['may'] => ({
  release: held !== undefined && isUndecided(held) && isForStaff(held),
  ...{ request: false, delete: false, undelete: false, moveToInbox: false },
})
const isForStaff = ({ verdict }: HeldMail) => verdict === 'spam'

export async function showReceived({ mail, actor }: Context, { mailbox, id }: Input<typeof OneReceived>): Promise<ReceivedDetail> {
  const [found, [held]] = await Promise.all([mail.trace.find(mailbox, id), mail.quarantine.find(mailbox, [id])])
  if (!found) throw new AppError('not_found')
  const { sender, messageId, client, scan, events } = found
  return { ...toReceived(found, held, actsAsStaff(actor, mailbox)), sender, messageId, client, scan, events }
}

export async function previewReceived(context: Context, input: Input<typeof OneReceived>): Promise<Preview> {
  const { html, ...preview } = await previewOf(context, input)
  return { ...preview, formatted: html !== null }
}

export async function previewDocument(context: Context, input: Input<typeof OneReceived>) {
  const { html } = await previewOf(context, input)
  return { html }
}

/** What can be shown without any danger (T35-T38). The octets are the quarantine's: of delivered mail there are none here. */
async function previewOf({ mail }: Context, { mailbox, id }: Input<typeof OneReceived>) {
  const [held] = await mail.quarantine.find(mailbox, [id])
  if (!held?.kept) throw new AppError('not_found')
  try {
    if (held.size > LIMITS.bytes) throw new PreviewRefused('too_large')
    return await inTurn(async () => {
      const raw = await mail.quarantine.raw(mailbox, id)
      if (!raw) throw new AppError('not_found')
      return safePreview(raw)
    })
  } catch (error) {
    if (!(error instanceof PreviewRefused)) throw error
    throw new AppError('preview_refused', { values: { why: error.code } })
  }
}

export async function releaseReceived(context: Context, { mailbox, ids, allow }: Input<typeof ReleaseReceived>): Promise<Released> {
  const wanted = actsAsStaff(context.actor, mailbox) ? await spamOf(context, mailbox, ids) : ids
  const { started, askHelpdesk, missed: late } = await releaseHeld(context, mailbox, wanted)
  const missed = [...late, ...ids.filter((id) => !wanted.includes(id))]
  context.audited.detail = { count: started.length }
  const { listed, notListed } = allow ? await putOnList(context, mailbox, started, 'allow') : { listed: [], notListed: [] }
  return { ids: started.map(({ id }) => id), askHelpdesk, missed, allowed: listed, notAllowed: notListed }
}

/** What is more than spam to staff waits for a request of the owner, and two people. */
async function spamOf({ mail }: Context, mailbox: AuthorizedMailbox, ids: string[]): Promise<string[]> {
  return (await mail.quarantine.find(mailbox, ids)).filter(isForStaff).map(({ id }) => id)
}

/** Staff find the request first: a crash in between leaves one about mail that is held, which they can decide all the same. */
export async function requestRelease({ db, mail, audited }: Context, { mailbox, ids, reason }: Input<typeof RequestRelease>) {
  const request = await db.transaction((tx) => fileRequest(tx, { mailbox, kind: 'release', about: { ids }, words: reason }))
  const changed = await mail.quarantine.request(mailbox, ids, reason)
  if (request && changed.length > 0) await changeRequest(db, mailbox, request, { ids: changed })
  else if (request) await db.transaction((tx) => withdrawRequest(tx, mailbox, request))
  audited.detail = { count: changed.length }
  return { ids: changed, missed: ids.filter((id) => !changed.includes(id)) }
}

export async function deleteReceived(context: Context, { mailbox, ids, block }: Input<typeof DeleteReceived>): Promise<Deleted> {
  const { mail, audited } = context
  const found = block ? await mail.quarantine.find(mailbox, ids) : []
  const changed = await mail.quarantine.remove(mailbox, ids)
  audited.detail = { count: changed.length }
  const gone = found.filter(({ id }) => changed.includes(id))
  const { listed, notListed } = block ? await putOnList(context, mailbox, gone, 'block') : { listed: [], notListed: [] }
  await enqueueUnwanted(
    context,
    mailbox,
    gone.map(({ id }) => id),
  )
  return { ids: changed, missed: ids.filter((id) => !changed.includes(id)), blocked: listed, notBlocked: notListed }
}

export async function undeleteReceived({ mail }: Context, { mailbox, ids }: Input<typeof UndeleteReceived>) {
  const changed = await mail.quarantine.undoRemove(mailbox, ids)
  return { ids: changed, missed: ids.filter((id) => !changed.includes(id)) }
}

/** The mailbox itself is asked: the person may have moved the mail since. */
export async function moveToInbox({ mail }: Context, { mailbox, id }: Input<typeof MoveReceived>) {
  const found = await mail.trace.find(mailbox, id)
  if (found?.outcome !== 'junk') throw new AppError('not_found')
  const where = { from: found.folder ?? 'Junk', to: 'INBOX' }
  if (!(await mail.mailbox.move(mailbox, { messageId: found.messageId, queueId: id }, where))) throw new AppError('mail_moved')
  await mail.trace.moved(mailbox, id, where.to)
  return { id }
}

/** The senders of these mails, each once. What was done stands, also where no list can name the sender, or the list is full (T27). */
async function putOnList(context: Context, mailbox: AuthorizedMailbox, mails: HeldMail[], verdict: 'allow' | 'block') {
  const senders = [...new Set(mails.map(({ from, sender }) => (from ?? sender).toLowerCase()).filter(Boolean))]
  try {
    const { put, refused } = await putSenderRules(
      context,
      mailbox,
      senders.map((sender) => ({ sender, verdict })),
    )
    return { listed: put, notListed: refused }
  } catch (error) {
    if (error instanceof AppError) return { listed: [], notListed: senders }
    throw error
  }
}

/** The gate of a stream: whose mail may be watched. */
export async function watchReceived(_: Context, { mailbox }: Input<typeof WatchReceived>) {
  return { mailbox }
}
