import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { appPasswords } from '#db/schema/app-passwords.ts'
import { passwordChanges, recoveryCodes } from '#db/schema/password.ts'
import { resetFlows, resetPasses } from '#db/schema/reset.ts'
import type { DirectoryAccount, PasswordChange, PasswordRefusal } from '#lib/mail-core/directory/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { AuthorizedMailbox } from './actor.ts'
import { boundPhone } from './bound-phone.ts'
import type { Context, Resources } from './context.ts'
import { env } from './env.ts'
import { AppError, type ErrorCode } from './errors.ts'
import type { Locale } from './i18n/locale.ts'
import { enqueueEndOfMailSessions } from './mail-sessions.ts'
import { enqueueNotice } from './notices/enqueue.ts'
import { takeLimits } from './rate-limit.ts'
import { endSessionsOf } from './session.ts'
import { hotlinesOf, readContacts } from './site-contacts.ts'
import { enqueueSms } from './sms/enqueue.ts'
import { smsText } from './sms/text.ts'
import { noticeTextLimits } from './sms-limits.ts'

/** Longer than all questions to the directory that a change takes, each with its time-out: nobody else asks about the same reset meanwhile. */
const CLAIM = sql`now() + interval '90 seconds'`

interface Wanted {
  account: DirectoryAccount
  kind: 'change' | 'reset'
  next: string
  /** Asks the directory. */
  ask: () => Promise<PasswordChange>
  keepSession?: string
  resetFlow?: string
}

export interface Consequences {
  sessionsEnded: number
  phone: string | null
  appPasswords: { active: number; revoked: number }
  recoveryCodesEnded: number
}

/**
 * Changes a password so that what has to follow does follow: the intent is committed, the directory asked, the consequences committed.
 * An answer that is lost is read again, never guessed (F4); a process that dies in between leaves the rest to `settleChange` (F3).
 * @throws AppError with the directory's refusal, `directory_unreachable` (nothing was changed) or `password_unsure`
 */
export async function changePassword({ db, mail, request }: Context, wanted: Wanted): Promise<Consequences> {
  const intent = await claimIntent(db, wanted, request.locale)
  const outcome = await askDirectory(mail, wanted, intent.again)
  if (outcome.ok) {
    const done = await conclude(db, intent.id)
    if (!done) throw new AppError('already_done')
    return done
  }
  const unsure = outcome.reason === 'unsure'
  // Also an earlier try, whose answer was lost, may have changed it: then only the directory can close the row.
  if (unsure || intent.again) await db.update(passwordChanges).set({ claimedUntil: sql`now()` }).where(eq(passwordChanges.id, intent.id))
  else await db.delete(passwordChanges).where(eq(passwordChanges.id, intent.id))
  if (outcome.reason === 'unsure') throw new AppError('password_unsure', {}, { cause: outcome.cause })
  throw outcome.reason === 'unchanged' ? notAsked(outcome.cause) : refusal(outcome.reason)
}

/** Nothing was changed: the directory was not reached, or does not let the portal do this. */
export function notAsked(cause: unknown): AppError {
  const refused = cause instanceof MailCoreError && cause.code === 'refused'
  return new AppError(refused ? 'mail_refused' : 'directory_unreachable', {}, { cause })
}

async function claimIntent(db: Database, { account, kind, keepSession, resetFlow }: Wanted, locale: Locale) {
  const [row] = await db
    .insert(passwordChanges)
    .values({
      ...{ mailbox: account.address, kind, keepSession, resetFlow, locale },
      changedBefore: account.passwordChangedAt,
      claimedUntil: CLAIM,
    })
    .onConflictDoUpdate({
      target: passwordChanges.resetFlow,
      set: { claimedUntil: CLAIM },
      setWhere: sql`${passwordChanges.settledAt} is null and ${passwordChanges.claimedUntil} <= now()`,
    })
    .returning({ id: passwordChanges.id, again: sql<boolean>`${passwordChanges.createdAt} < now()` })
  if (!row) throw new AppError('conflict')
  return row
}

type Asked = { ok: true } | { ok: false; reason: PasswordRefusal } | { ok: false; reason: 'unsure' | 'unchanged'; cause: unknown }

async function askDirectory(mail: Context['mail'], { account, next, ask }: Wanted, again: boolean): Promise<Asked> {
  const opens = async () => (await mail.directory.authenticate(account.address, next)).ok
  try {
    const answer = await ask()
    // An earlier try whose answer was lost may have succeeded: then this is its second copy.
    if (!answer.ok && answer.reason === 'reused' && again && (await opens())) return { ok: true }
    return answer
  } catch (cause) {
    if (!(cause instanceof MailCoreError)) throw cause
    if (cause.code !== 'timeout') return { ok: false, reason: 'unchanged', cause }
    // That the new password does not open yet proves nothing: the change may still be on its way.
    const ok = await opens().catch(() => false)
    return ok ? { ok } : { ok, reason: 'unsure', cause }
  }
}

const REFUSALS: Record<PasswordRefusal, [code: ErrorCode, field?: 'current' | 'next']> = {
  not_found: ['account_disabled'],
  disabled: ['account_disabled'],
  locked: ['account_locked'],
  wrong_password: ['password_wrong', 'current'],
  too_short: ['password_rejected', 'next'],
  too_simple: ['password_rejected', 'next'],
  reused: ['password_reused', 'next'],
  too_young: ['password_too_young'],
  rejected: ['password_rejected', 'next'],
}

function refusal(reason: PasswordRefusal): AppError {
  const [code, field] = REFUSALS[reason]
  return new AppError(code, field ? { fields: [field] } : {})
}

/** All that follows, in one transaction and once: null when it has happened before. */
async function conclude(db: Database, id: string): Promise<Consequences | null> {
  return db.transaction(async (tx) => {
    const [change] = await tx
      .update(passwordChanges)
      .set({ settledAt: sql`now()`, outcome: 'changed' })
      .where(and(eq(passwordChanges.id, id), isNull(passwordChanges.settledAt)))
      .returning()
    if (!change) return null
    const mailbox = change.mailbox as AuthorizedMailbox
    await endWhatElseOpens(tx, mailbox)
    const sessionsEnded = await endSessionsOf(tx, mailbox, 'security', change.keepSession ?? undefined)
    await enqueueEndOfMailSessions(tx, mailbox)
    const passwords = await afterwards(tx, mailbox, change.kind)
    const codes = change.kind === 'reset' ? await endRecoveryCodes(tx, mailbox) : 0
    const phone = await tell(tx, mailbox, change)
    return { sessionsEnded, phone, appPasswords: passwords, recoveryCodesEnded: codes }
  })
}

/** Resets that somebody else may have under way, passes that are out, and changes that this one explains (T12). */
async function endWhatElseOpens(tx: Queryable, mailbox: AuthorizedMailbox): Promise<void> {
  await tx
    .update(passwordChanges)
    .set({ settledAt: sql`now()`, outcome: 'changed' })
    .where(and(eq(passwordChanges.mailbox, mailbox), isNull(passwordChanges.settledAt)))
  await tx
    .update(resetFlows)
    .set({ finishedAt: sql`now()` })
    .where(and(eq(resetFlows.mailbox, mailbox), isNull(resetFlows.finishedAt)))
  await tx
    .update(resetPasses)
    .set({ replacedAt: sql`now()` })
    .where(and(eq(resetPasses.mailbox, mailbox), isNull(resetPasses.usedBy), isNull(resetPasses.replacedAt)))
}

/** Whoever knew the old password may have made some. Returns how many were still good. */
async function endRecoveryCodes(tx: Queryable, mailbox: AuthorizedMailbox): Promise<number> {
  const ended = await tx.delete(recoveryCodes).where(eq(recoveryCodes.mailbox, mailbox)).returning({ usedBy: recoveryCodes.usedBy })
  return ended.filter(({ usedBy }) => usedBy === null).length
}

const working = (mailbox: string) =>
  and(eq(appPasswords.mailbox, mailbox), isNull(appPasswords.revokedAt), sql`${appPasswords.expiresAt} > now()`)

/** The site decides whether app passwords outlive a reset (T12); a change by the owner leaves them. */
async function afterwards(tx: Queryable, mailbox: AuthorizedMailbox, kind: 'change' | 'reset') {
  if (kind === 'reset' && env().APP_PASSWORDS_AFTER_RESET === 'revoke') {
    const revoked = await tx
      .update(appPasswords)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(appPasswords.mailbox, mailbox), isNull(appPasswords.revokedAt)))
      .returning({ id: appPasswords.id })
    return { active: 0, revoked: revoked.length }
  }
  const active = await tx.select({ id: appPasswords.id }).from(appPasswords).where(working(mailbox))
  return { active: active.length, revoked: 0 }
}

/** By mail; after a reset also by text, for whoever resets may have the mailbox too. */
async function tell(tx: Queryable, mailbox: AuthorizedMailbox, { kind, locale }: { kind: 'change' | 'reset'; locale: Locale }) {
  await enqueueNotice(tx, { mailbox, kind: kind === 'reset' ? 'password_reset' : 'password_changed', params: {} })
  const phone = await boundPhone(tx, mailbox)
  if (!phone) return null
  if (kind === 'reset' && (await mayText(tx, mailbox, phone.number))) {
    const hotline = hotlinesOf(await readContacts(tx))[locale]
    const body = smsText(locale, { purpose: 'password_reset', mailbox, hotline })
    await enqueueSms(tx, { mailbox, purpose: 'password_reset', phone: phone.number, body })
  }
  return phone.masked
}

/** Too many texts (T8): the mail tells it alone. */
const mayText = (tx: Queryable, mailbox: string, number: string): Promise<boolean> =>
  takeLimits(tx, noticeTextLimits(mailbox, number)).then(
    () => true,
    (error) => {
      if (error instanceof AppError) return false
      throw error
    },
  )

/** Changes whose end nobody saw: the process died, or the directory's answer was lost. */
export async function openChanges(db: Queryable): Promise<string[]> {
  const rows = await db
    .select({ id: passwordChanges.id })
    .from(passwordChanges)
    .where(and(isNull(passwordChanges.settledAt), sql`${passwordChanges.claimedUntil} < now()`))
  return rows.map(({ id }) => id)
}

/**
 * What the directory says of an open change: undefined while the person may still be trying.
 * @throws MailCoreError while the directory does not answer
 */
export async function outcomeOf({ db, mail }: Resources, id: string) {
  const [change] = await db
    .select({
      ...{ mailbox: passwordChanges.mailbox, before: passwordChanges.changedBefore },
      stale: sql<boolean>`${passwordChanges.createdAt} < now() - interval '15 minutes'`,
    })
    .from(passwordChanges)
    .where(and(eq(passwordChanges.id, id), isNull(passwordChanges.settledAt)))
  if (!change) return undefined
  const { mailbox, before, stale } = change
  const account = await mail.directory.find(mailbox)
  if (account && account.passwordChangedAt?.getTime() !== before?.getTime()) return { mailbox, outcome: 'changed' as const }
  // A directory that keeps no time says nothing: rather one notice too many than an intruder's session.
  const timeless = !before && !account?.passwordChangedAt
  return stale ? { mailbox, outcome: timeless ? ('changed' as const) : ('unchanged' as const) } : undefined
}

/** Lets follow what has to, as `changePassword` would have. */
export async function settleChange(on: Resources, id: string) {
  const found = await outcomeOf(on, id)
  if (found?.outcome === 'changed') await conclude(on.db, id)
  if (found?.outcome === 'unchanged')
    await on.db
      .update(passwordChanges)
      .set({ settledAt: sql`now()`, outcome: 'unchanged' })
      .where(and(eq(passwordChanges.id, id), isNull(passwordChanges.settledAt)))
  return found
}
