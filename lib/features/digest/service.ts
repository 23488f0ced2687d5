import type { z } from 'zod'
import type { HeldMail } from '#lib/mail-core/quarantine/port.ts'
import type { Authorized, AuthorizedMailbox } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { isUndecided, needsHelpdesk, releaseHeld } from '#lib/platform/held-mail.ts'
import { putSenderRules } from '#lib/platform/sender-rules.ts'
import type { CheckedLink, DigestState, FollowedLink, FollowLink, LinkAction, SetDigest, ShowDigest } from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

export async function showDigest({ db, mail }: Context, { mailbox }: Input<typeof ShowDigest>): Promise<DigestState> {
  const [choice, held] = await Promise.all([store.choiceOf(db, mailbox), mail.quarantine.count(mailbox)])
  return { ...choice, held, next: await store.nextDue(db, choice, env().TIME_ZONE) }
}

/** Digests are written in the language in which the choice was made. */
export async function setDigest(context: Context, { mailbox, ...choice }: Input<typeof SetDigest>): Promise<DigestState> {
  await store.saveChoice(context.db, mailbox, choice, context.request.locale)
  return showDigest(context, { mailbox })
}

export async function checkLink({ db, mail }: Context, { token }: z.output<typeof FollowLink>): Promise<CheckedLink> {
  const link = await store.findAnyLink(db, token)
  if (!link) throw new AppError('link_invalid')
  const { mailbox, subject: id } = link
  if (id === null) return { action: 'unsubscribe' }
  const [[held], traced] = await Promise.all([mail.quarantine.find(mailbox, [id]), mail.trace.find(mailbox, id)])
  if (!held) throw new AppError('link_invalid')
  const action = actionOf(link.purpose)
  return {
    action,
    mail: {
      from: traced?.from ?? null,
      subject: traced?.subject ?? null,
      heldAt: held.heldAt,
      expiresAt: held.expiresAt,
      now: !isUndecided(held) ? 'decided' : action !== 'delete' && needsHelpdesk(held) ? 'helpdesk' : 'held',
    },
  }
}

/** The use of the link and the act stand or fall together: a link that could not act is still good (T39). */
export async function followLink(context: Context, { token }: z.output<typeof FollowLink>): Promise<FollowedLink> {
  const { db, mail, audited } = context
  const { action, mailbox, outcome, started } = await db.transaction(async (tx) => {
    const link = await store.useMailLink(tx, token)
    audited.mailbox = link?.mailbox
    if (!link?.subject) throw new AppError('link_invalid')
    const action = actionOf(link.purpose)
    const mailbox = link.mailbox as AuthorizedMailbox
    if (action === 'delete') {
      const removed = await mail.quarantine.remove(mailbox, [link.subject])
      return { action, mailbox, started: [], outcome: removed.length > 0 ? ('done' as const) : ('decided' as const) }
    }
    const { started, askHelpdesk } = await releaseHeld({ db: tx, mail }, mailbox, [link.subject])
    const outcome = started.length > 0 ? ('done' as const) : askHelpdesk.length > 0 ? ('helpdesk' as const) : ('decided' as const)
    return { action, mailbox, started, outcome }
  })
  audited.detail = { action, outcome }
  return { action, outcome, allowed: action === 'allow' ? await allowSender(context, mailbox, started) : null }
}

/** The release stands, also where no list can name the sender, or the list is full (T27). */
async function allowSender(context: Context, mailbox: AuthorizedMailbox, [held]: HeldMail[]): Promise<string | null> {
  const sender = (held?.from ?? held?.sender ?? '').toLowerCase()
  if (!sender) return null
  try {
    const { put } = await putSenderRules(context, mailbox, [{ sender, verdict: 'allow' }])
    return put[0] ?? null
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

const actionOf = (purpose: string): LinkAction => purpose.slice('digest.'.length) as LinkAction

/** A mail provider asks again when it has got no answer, and gets the same one (RFC 8058). Later the link stops nothing any more. */
export async function unsubscribe({ db, request, audited }: Context, { token }: z.output<typeof FollowLink>) {
  await db.transaction(async (tx) => {
    const link = await store.useUnsubscribeLink(tx, token)
    audited.mailbox = link?.mailbox
    if (link) await store.stopDigest(tx, link.mailbox, request.locale)
    else if (!(await store.hasUnsubscribed(tx, token))) throw new AppError('link_invalid')
  })
  return {}
}
