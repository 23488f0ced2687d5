import type { z } from 'zod'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { type Authorized, isSignedIn } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { open, seal } from '#lib/platform/crypto.ts'
import { AppError } from '#lib/platform/errors.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { networkOf } from '#lib/platform/request.ts'
import { givenTo } from '#lib/platform/role-groups.ts'
import { endSession, endSessionsOf, logoutContext, startSession } from '#lib/platform/session.ts'
import { describeUserAgent } from '#lib/platform/user-agent.ts'
import type { OneSession, OwnSessions, ProviderLogout, ReviewSignIn, SessionList, SignIn, SignInRecord } from './schema.ts'
import * as store from './store.ts'

const RECENT = 20
type Input<T extends z.ZodType> = Authorized<z.output<T>>

/** From a verified assertion to a session. The mailbox is found once, in the directory; after that iss + sub is enough. */
export async function signIn(context: Context, assertion: z.output<typeof SignIn>) {
  const { db, audited, request } = context
  const mailbox = await findMailbox(context, assertion)
  audited.mailbox = mailbox
  const network = networkOf(request.ip)
  const unusual = await store.isUnusual(db, mailbox, network)
  audited.detail = { network, unusual }
  const { sid } = await startSession(db, {
    mailbox,
    name: assertion.name || mailbox,
    roles: await givenTo(db, assertion.groups),
    iss: assertion.iss,
    sub: assertion.sub,
    idpSession: assertion.idpSession,
    logoutHint: assertion.logoutHint ? seal(assertion.logoutHint, logoutContext(mailbox)) : null,
    authTime: assertion.authTime,
    ip: request.ip,
    network,
    userAgent: request.userAgent,
    unusual,
  })
  if (assertion.previousSid) await endSession(db, { sid: assertion.previousSid }, 'rotated')
  if (unusual && request.ip) {
    const { browser, system } = describeUserAgent(request.userAgent)
    const device = [browser, system].filter(Boolean).join(' · ') || '?'
    await enqueueNotice(db, { mailbox, kind: 'new_sign_in', params: { device, ip: request.ip } })
  }
  return { sid }
}

async function findMailbox({ db, mail }: Context, { iss, sub, mailbox: claimed }: z.output<typeof SignIn>): Promise<string> {
  const known = await store.mailboxOf(db, iss, sub)
  const wanted = known ?? MailboxAddress.safeParse(claimed).data
  if (!wanted) throw new AppError('no_mailbox')
  const account = await mail.directory.find(wanted).catch((error) => {
    // A person whom we know gets in while the directory is away; the provider has vouched for them.
    if (known && error instanceof MailCoreError) return 'unreachable' as const
    throw error
  })
  if (account === 'unreachable') return wanted
  if (!account) throw new AppError('no_mailbox')
  if (account.disabled) throw new AppError('account_disabled')
  if (!(await store.tieIdentity(db, iss, sub, account.address))) throw new AppError('identity_conflict')
  return account.address
}

export async function listSessions({ db, actor }: Context, { mailbox }: Input<typeof OwnSessions>): Promise<SessionList> {
  const rows = await store.signInsOf(db, mailbox, RECENT + 80)
  const own = isSignedIn(actor) ? actor.sessionId : ''
  const records = rows.map(({ row, live }): SignInRecord => {
    const { id, ip, network, unusual, lastSeenAt, endReason } = row
    const seen = { at: row.createdAt, lastSeenAt, ip, network, unusual, endReason, reviewed: row.reviewedAt !== null }
    return { id, ...seen, ...describeUserAgent(row.userAgent), current: id === own, live }
  })
  // One that is still asked about stays on the list, however old.
  const recent = records.filter((record, place) => place < RECENT || (record.unusual && !record.reviewed))
  return { live: records.filter(({ live }) => live), recent }
}

export async function endOneSession({ db }: Context, { mailbox, id }: Input<typeof OneSession>) {
  const session = await store.ownSession(db, mailbox, id)
  if (!session) throw new AppError('not_found')
  await endSession(db, { id }, 'ended')
  return {}
}

export async function endOtherSessions({ db, actor }: Context, { mailbox }: Input<typeof OwnSessions>) {
  const own = isSignedIn(actor) && actor.mailbox === mailbox ? actor.sessionId : undefined
  return { ended: await endSessionsOf(db, mailbox, 'ended', own) }
}

/** "Not me" ends that session at once. */
export async function reviewSignIn({ db }: Context, { mailbox, id, mine }: Input<typeof ReviewSignIn>) {
  if (!(await store.markReviewed(db, mailbox, id))) throw new AppError('not_found')
  if (!mine) await endSession(db, { id }, 'security')
  return {}
}

/** Ends this session and hands out what the provider wants to see at its own sign-out. */
export async function signOut({ db, actor }: Context, { mailbox }: Input<typeof OwnSessions>) {
  if (!isSignedIn(actor)) throw new AppError('unauthenticated')
  const session = await store.ownSession(db, mailbox, actor.sessionId)
  await endSession(db, { id: actor.sessionId }, 'signed_out')
  return {
    logoutHint: session?.logoutHint ? open(session.logoutHint, logoutContext(mailbox)) : null,
    idpSession: session?.idpSession ?? null,
  }
}

export async function providerLogout({ db, audited }: Context, { iss, idpSession, sub }: z.output<typeof ProviderLogout>) {
  const ended = await store.endForProvider(db, iss, { idpSession, sub })
  audited.mailbox = ended[0]
  return { ended: ended.length }
}
