import type { z } from 'zod'
import type { DirectoryAccount } from '#lib/mail-core/directory/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { type Authorized, type AuthorizedMailbox, isSignedIn } from '#lib/platform/actor.ts'
import { boundPhone } from '#lib/platform/bound-phone.ts'
import type { Context } from '#lib/platform/context.ts'
import { daysSince } from '#lib/platform/database-clock.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { changePassword as changeInDirectory, notAsked, settleChange } from '#lib/platform/password-change.ts'
import { judgePassword, policyOf } from '#lib/platform/password-rules/judge.ts'
import { prepare } from '#lib/platform/password-rules/rules.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { newResetSecret, resetSecretDigest } from '#lib/platform/reset-proofs.ts'
import { isOfStaff } from '#lib/platform/staff.ts'
import type { Changed, ChangePassword, PasswordState, RecoveryCodes, SettleChange, ShowPassword } from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

const RECOVERY_CODES = 8

export async function showPassword(context: Context, { mailbox }: Input<typeof ShowPassword>): Promise<PasswordState> {
  const { db } = context
  const account = await accountOf(context, mailbox)
  const { passwordChangedAt: changedAt, passwordExpiresAt: expiresAt, name, nameEn, login, address } = account
  const [ageDays, recoveryCodes, resetByPhone] = await Promise.all([
    changedAt && daysSince(db, changedAt),
    store.recoveryCodesOf(db, mailbox),
    resetByPhoneOf(db, mailbox, account),
  ])
  const rules = { policy: policyOf(env()), person: { name, nameEn, login, address } }
  return { changedAt, ageDays, expiresAt, rules, recoveryCodes, resetByPhone }
}

async function resetByPhoneOf(db: Context['db'], mailbox: AuthorizedMailbox, account: DirectoryAccount) {
  if (await isOfStaff(db, account)) return 'staff'
  const phone = await boundPhone(db, mailbox)
  return !phone ? 'no_phone' : phone.coolingUntil ? 'cooling_off' : 'yes'
}

/** The session in use stays; every other one ends, and open mail sessions too. */
export async function changePassword(context: Context, { mailbox, current, next: typed }: Input<typeof ChangePassword>): Promise<Changed> {
  const { db, mail, actor } = context
  const account = await accountOf(context, mailbox)
  const judged = await judgePassword(policyOf(env()), account, typed)
  if (!judged.ok) throw new AppError(judged.code, { fields: ['next'], values: judged.values })
  const next = prepare(typed)
  // Few, so that a stolen session does not lock the account (T9).
  await takeLimits(db, [{ key: `password.change:${mailbox}`, limit: 5, per: '15 minutes' }])
  const ask = () => mail.directory.changePassword(account.address, current, next)
  const keepSession = isSignedIn(actor) ? actor.sessionId : undefined
  const { sessionsEnded } = await changeInDirectory(context, { account, kind: 'change', next, ask, keepSession })
  return { at: new Date(), sessionsEnded }
}

export async function makeRecoveryCodes({ db }: Context, { mailbox }: Input<typeof ShowPassword>): Promise<RecoveryCodes> {
  const codes = Array.from({ length: RECOVERY_CODES }, newResetSecret)
  const digests = codes.map((code) => resetSecretDigest('recovery_code', mailbox, code))
  const madeAt = await db.transaction(async (tx) => {
    await enqueueNotice(tx, { mailbox, kind: 'recovery_codes_made', params: {} })
    return store.replaceRecoveryCodes(tx, mailbox, digests)
  })
  return { codes, madeAt }
}

export async function settle(context: Context, { change }: z.output<typeof SettleChange>) {
  const found = await settleChange(context, change)
  context.audited.mailbox = found?.mailbox
  return { outcome: found?.outcome ?? ('settled' as const) }
}

async function accountOf({ mail }: Context, mailbox: AuthorizedMailbox): Promise<DirectoryAccount> {
  const account = await mail.directory.find(mailbox).catch((cause) => {
    throw cause instanceof MailCoreError ? notAsked(cause) : cause
  })
  if (!account || account.disabled) throw new AppError('account_disabled')
  return account
}
