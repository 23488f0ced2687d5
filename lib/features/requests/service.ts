import type { z } from 'zod'
import { accountReference } from '#lib/platform/account-reference.ts'
import { type Authorized, type AuthorizedMailbox, describeActor } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { AppError } from '#lib/platform/errors.ts'
import { releaseApproved } from '#lib/platform/held-mail.ts'
import type { HelpTopic } from '#lib/platform/help-topics.ts'
import { LOCALES } from '#lib/platform/i18n/locale.ts'
import { maskAddress } from '#lib/platform/mask.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { maskPhone } from '#lib/platform/phone-number.ts'
import type { RequestKind } from '#lib/platform/request-kinds.ts'
import { endSessionsOf } from '#lib/platform/session.ts'
import { hotlinesOf, readContacts } from '#lib/platform/site-contacts.ts'
import { enqueueSms } from '#lib/platform/sms/enqueue.ts'
import { smsText } from '#lib/platform/sms/text.ts'
import { hasRole } from '#lib/platform/staff.ts'
import { unlessAway } from '#lib/platform/unless-away.ts'
import { emit } from '#lib/platform/webhooks/events.ts'
import type {
  Approval,
  Colleague,
  CommentRequest,
  Decided,
  DecideRequest,
  ListRequests,
  OneRequest,
  QueuedRequest,
  RequestDetail,
  RequestPage,
} from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>
type Tx = Parameters<typeof store.settle>[0]

/** Decided by supervisors alone. */
const BY_SUPERVISOR: RequestKind[] = ['recall', 'phone_unbinding']
/** Approved by two different people, one of them a supervisor. */
const BY_TWO: RequestKind[] = ['release', 'phone_unbinding']

const agentOf = ({ actor }: Pick<Context, 'actor'>): string => describeActor(actor).id

export async function listRequests(context: Context, input: z.output<typeof ListRequests>): Promise<RequestPage> {
  const { db } = context
  const [rows, waiting] = await Promise.all([
    store.requestsOf(db, agentOf(context), { ...input, limit: input.limit + 1 }),
    store.countWaiting(db),
  ])
  const page = rows.slice(0, input.limit)
  const named = await colleaguesOf(
    context,
    page.flatMap(({ request }) => staffOf(request)),
  )
  return {
    requests: page.map(({ request, comments }) => toQueued(context, request, comments, named)),
    next: rows.length > input.limit ? (page.at(-1)?.place ?? null) : null,
    waiting,
  }
}

type Named = (address: string) => Colleague

const staffOf = ({ requestedBy, takenBy, firstBy, decidedBy }: store.Request) =>
  [requestedBy, takenBy, firstBy, decidedBy].filter((address) => address !== null)

/** Who they are, as the directory has it; without it, the name of their mailbox. An API token is its name. */
async function colleaguesOf(context: Context, addresses: string[]): Promise<Named> {
  const agent = agentOf(context)
  const distinct = [...new Set(addresses)]
  const found = await Promise.all(distinct.map((address) => unlessAway(() => context.mail.directory.find(address))))
  const names = new Map(distinct.map((address, at) => [address, found[at]?.name]))
  return (address) => ({ address, name: names.get(address) ?? address.replace(/@[^@]*$/, ''), self: address === agent })
}

function toQueued(context: Context, request: store.Request, comments: number, named: Named): QueuedRequest {
  const { mailbox, about, id, kind, state, words, ticket, createdAt, decidedAt, decision } = request
  const who = (address: string | null) => (address === null ? null : named(address))
  const [requestedBy, takenBy] = [who(request.requestedBy), who(request.takenBy)]
  const [firstBy, decidedBy] = [who(request.firstBy), who(request.decidedBy)]
  const size = 'ids' in about ? about.ids.length : 'recipients' in about ? about.recipients : 1
  return {
    account: accountReference(agentOf(context), mailbox),
    address: maskAddress(mailbox),
    ...{ id, kind, state, words, ticket, size, createdAt, requestedBy, takenBy, firstBy, decidedBy, decidedAt, decision, comments },
  }
}

export async function showRequest(context: Context, { mailbox, id }: Input<typeof OneRequest>): Promise<RequestDetail> {
  const { db, mail } = context
  const found = await store.requestOf(db, mailbox, id)
  if (!found) throw new AppError('not_found')
  const { request, comments } = found
  const written = await store.commentsOf(db, mailbox, id)
  const named = await colleaguesOf(context, [...staffOf(request), ...written.map(({ by }) => by)])
  const held = 'ids' in request.about ? await mail.quarantine.find(mailbox, request.about.ids) : []
  return {
    ...toQueued(context, request, comments, named),
    mails: held.map(({ id, verdict, from, size, heldAt, state }) => ({ id, verdict, from, size, heldAt, state })),
    message: 'message' in request.about ? await messageOf(context, mailbox, request.about.message) : null,
    may: mayOf(context, request, await isOtherPhone(db, request)),
    written: written.map(({ by, ...rest }) => ({ by: named(by), ...rest })),
  }
}

async function messageOf({ db }: Context, mailbox: AuthorizedMailbox, reference: string): Promise<RequestDetail['message']> {
  const message = await store.messageOf(db, mailbox, reference)
  if (!message) return null
  const { about = null, page = null, browser = null, recent = [] } = message.facts
  return { reference, topic: message.topic as HelpTopic, about, page, browser, recent }
}

/** What is shown is what `decideRequest` goes by. */
function mayOf(context: Context, request: store.Request, otherPhone: boolean): RequestDetail['may'] {
  const { kind, state, takenBy } = request
  if (state !== 'open' && state !== 'taken') return null
  const [message, approve] = [kind === 'message', approvalOf(context, request, otherPhone)]
  return {
    ...{ take: state === 'open', giveBack: takenBy === agentOf(context), approve, answer: message },
    refuse: !message && !(BY_SUPERVISOR.includes(kind) && approve === 'supervisor'),
  }
}

/** What was asked for is that phone, and no other that was bound since. */
const isOtherPhone = async (db: Tx, request: store.Request, lock = false) =>
  request.kind === 'phone_unbinding' && (await store.isOtherPhone(db, request, lock))

function approvalOf(context: Context, { kind, firstBy, firstIsSupervisor }: store.Request, otherPhone: boolean): Approval {
  const supervisor = hasRole(context.actor, ['supervisor'])
  if (BY_SUPERVISOR.includes(kind) && !supervisor) return 'supervisor'
  if (otherPhone) return 'other_phone'
  if (!BY_TWO.includes(kind)) return 'whole'
  if (firstBy === null) return 'first'
  if (firstBy === agentOf(context)) return 'somebody_else'
  return supervisor || firstIsSupervisor ? 'second' : 'supervisor'
}

export async function takeRequest(context: Context, { mailbox, id }: Input<typeof OneRequest>) {
  if (!(await store.take(context.db, mailbox, id, agentOf(context)))) throw await notSo(context, mailbox, id)
  return {}
}

export async function giveBackRequest(context: Context, { mailbox, id }: Input<typeof OneRequest>) {
  if (!(await store.giveBack(context.db, mailbox, id, agentOf(context)))) throw await notSo(context, mailbox, id)
  return {}
}

const notSo = async ({ db }: Context, mailbox: AuthorizedMailbox, id: string) =>
  new AppError((await store.requestOf(db, mailbox, id)) ? 'conflict' : 'not_found')

export async function commentRequest(context: Context, { mailbox, id, words }: Input<typeof CommentRequest>) {
  if (!(await store.requestOf(context.db, mailbox, id))) throw new AppError('not_found')
  await store.addComment(context.db, mailbox, id, agentOf(context), words)
  return {}
}

/**
 * Its row is locked while it is carried out: of two who decide at once, one does. What is done to mail happens before the commit, and
 * once however often it is asked for, so that after a crash it is decided again (F3).
 */
export function decideRequest(context: Context, { mailbox, id, decision, words, seen }: Input<typeof DecideRequest>): Promise<Decided> {
  const { db, actor, audited } = context
  const [agent, approved] = [agentOf(context), decision !== 'refuse']
  return db.transaction(async (tx) => {
    const request = await store.lockRequest(tx, mailbox, id)
    if (!request) throw new AppError('not_found')
    const may = mayOf(context, request, await isOtherPhone(tx, request, true))
    if (may?.approve === 'other_phone' && decision === 'approve') throw new AppError('other_phone_bound')
    if (!may || (seen && seen !== may.approve)) throw new AppError('conflict')
    if (may.answer !== (decision === 'answer')) throw new AppError('invalid_input', { fields: ['decision'] })
    audited.detail = { decision, kind: request.kind, reason: words }
    if (!may.answer && !may.refuse) throw new AppError('forbidden')
    if (decision === 'approve' && may.approve === 'first') {
      await store.recommend(tx, request, agent, hasRole(actor, ['supervisor']))
      await store.addComment(tx, mailbox, id, agent, words)
      audited.detail = { decision: 'recommend', kind: request.kind, reason: words }
      return { state: 'open', waitsForSecond: true, count: 0 }
    }
    if (decision === 'approve' && may.approve !== 'whole' && may.approve !== 'second') throw new AppError('second_person_needed')
    const count = approved ? await carryOut(context, tx, mailbox, request) : await turnDown(context, tx, mailbox, request)
    const state = count === 0 || may.answer ? 'done' : approved ? 'approved' : 'refused'
    await store.settle(tx, request, { state, decidedBy: agent, decision: words })
    await emit(tx, 'request.decided', { request: id, kind: request.kind, state })
    if (count > 0) await enqueueNotice(tx, { mailbox, kind: 'request_decided', params: { kind: request.kind, granted: approved, words } })
    return { state, waitsForSecond: false, count }
  })
}

/** How much there was to do; 0 when it was decided otherwise meanwhile: the owner deleted the mail, or it expired. */
async function carryOut(context: Context, tx: Tx, mailbox: AuthorizedMailbox, { about }: store.Request): Promise<number> {
  if ('ids' in about) return (await releaseApproved(context, mailbox, about.ids)).length
  if ('recall' in about) return Number(await store.decideRecall(tx, mailbox, about.recall, true))
  if ('boundAt' in about) return unbindPhone(tx, mailbox, about.boundAt)
  if (!('message' in about)) return 0
  await store.closeMessage(tx, mailbox, about.message)
  return 1
}

async function turnDown({ mail }: Context, tx: Tx, mailbox: AuthorizedMailbox, { about }: store.Request): Promise<number> {
  if ('ids' in about) return (await mail.quarantine.refuse(mailbox, about.ids)).length
  if ('recall' in about) return Number(await store.decideRecall(tx, mailbox, about.recall, false))
  return 1
}

/** The mailbox and the old number are told, in both languages, since nobody knows which its holder reads; every session ends (T11). */
async function unbindPhone(tx: Tx, mailbox: AuthorizedMailbox, boundAt: string): Promise<number> {
  const numbers = await store.unbindPhone(tx, mailbox, boundAt)
  const [bound] = numbers
  if (!bound) return 0
  await endSessionsOf(tx, mailbox, 'security')
  await enqueueNotice(tx, { mailbox, kind: 'phone_unbound', params: { phone: maskPhone(bound) } })
  const hotlines = hotlinesOf(await readContacts(tx))
  const body = LOCALES.map((locale) => smsText(locale, { purpose: 'phone_unbound', mailbox, hotline: hotlines[locale] })).join('\n')
  for (const phone of numbers) await enqueueSms(tx, { mailbox, purpose: 'phone_unbound', phone, body })
  return 1
}

export const countRequests = async ({ db }: Context) => ({ open: await store.countOpen(db) })

/** The gate of a stream: who may hear that the queue has changed. */
export async function watchRequests(context: Context) {
  return { agent: agentOf(context) }
}
