import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'
import type { DirectoryAccount } from '#lib/mail-core/directory/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { type Authorized, type AuthorizedMailbox, describeActor } from '#lib/platform/actor.ts'
import { boundPhone } from '#lib/platform/bound-phone.ts'
import { countBehind, guessLimits, isClosed, refuseGuessers, strangerLimits } from '#lib/platform/code-guesses.ts'
import type { Context } from '#lib/platform/context.ts'
import { blindIndex, codeDigest, numericCode, randomToken, sameBytes } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { changePassword, notAsked } from '#lib/platform/password-change.ts'
import { judgePassword, policyOf } from '#lib/platform/password-rules/judge.ts'
import { prepare } from '#lib/platform/password-rules/rules.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { newResetSecret, resetSecretDigest } from '#lib/platform/reset-proofs.ts'
import { enqueueSms } from '#lib/platform/sms/enqueue.ts'
import { smsText } from '#lib/platform/sms/text.ts'
import { codeLimits, codeRequestLimits } from '#lib/platform/sms-limits.ts'
import { isOfStaff } from '#lib/platform/staff.ts'
import {
  type ChooseNew,
  type IssuePass,
  LOOK_UP,
  type OfFlow,
  type Proof,
  type ProveReset,
  type Reset,
  type ResetState,
  type SendCode,
  type StartReset,
} from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

/** 8 digits, for nobody has signed in (T2). */
const CODE_DIGITS = 8
const CODE_MINUTES = 5
/** With graphile-worker's back-off the eighth try is 28 minutes after the first. */
const AS_LONG_AS_A_FLOW = { attempts: 8 }

/** As the directory would compare it; a look-alike in another script stays another account (T30). */
const folded = (account: string) => account.normalize('NFKC').trim().toLowerCase()
/** What is counted for a typed account, whether it exists or not (T1). */
const guesserOf = (account: string) => `account:${Buffer.from(blindIndex(`account:${account}`)).toString('hex')}`

/** Nothing here depends on whether the account exists: who it is and where its code goes, a job finds out (T1). */
export async function startReset({ db, mail, request }: Context, { account: typed, by }: z.output<typeof StartReset>) {
  await mail.directory.check().catch((cause) => {
    throw cause instanceof MailCoreError ? notAsked(cause) : cause
  })
  const account = folded(typed)
  const token = randomToken()
  await db.transaction(async (tx) => {
    if (by === 'text') await takeLimits(tx, codeRequestLimits({ account: guesserOf(account), ip: request.ip }))
    const flow = await store.insertFlow(tx, { token, account, by, locale: request.locale })
    await enqueue(tx, LOOK_UP, { flow }, AS_LONG_AS_A_FLOW)
  })
  return { token }
}

/** Another text in the same flow; the tries made so far still count (T2). */
export async function resendReset({ db, request }: Context, { token }: z.output<typeof OfFlow>) {
  const { flow } = await flowOf(db, token)
  if (flow.provedAt) throw new AppError('already_done')
  await db.transaction(async (tx) => {
    await takeLimits(tx, codeRequestLimits({ account: guesserOf(flow.account), ip: request.ip }))
    await store.askAgain(tx, flow.id)
    await enqueue(tx, LOOK_UP, { flow: flow.id }, AS_LONG_AS_A_FLOW)
  })
  return {}
}

/** The job's part: looks the account up, and sends the code where one may be sent. Why none was, only the audit and the owner hear. */
export async function sendCode({ db, mail, audited }: Context, { flow: id }: z.output<typeof SendCode>) {
  const flow = await store.flowToLookUp(db, id)
  if (!flow) return { sent: false }
  const account = await findOne(mail, flow.account)
  if (!account || account.disabled) {
    await store.setLookedUp(db, id, null)
    audited.detail = { sent: false, why: account ? 'disabled' : 'no_account' }
    return { sent: false }
  }
  audited.mailbox = account.address
  const why = flow.by === 'pass' ? 'not_asked' : await textTo(db, flow, account)
  if (why) await store.setLookedUp(db, id, account.address)
  audited.detail = why ? { sent: false, why } : { sent: true }
  return { sent: why === null }
}

/** Two accounts under one name are none that could be reset. */
const findOne = (mail: Context['mail'], account: string) =>
  mail.directory.find(account).catch((error) => {
    if (error instanceof MailCoreError && error.code === 'conflict') return null
    throw error
  })

/** Null when the text is on its way. The number is read here, at the time of sending (T5). */
async function textTo(db: Context['db'], flow: store.Flow, account: DirectoryAccount): Promise<string | null> {
  const mailbox = account.address as AuthorizedMailbox
  const phone = await boundPhone(db, mailbox)
  if (!phone) return 'no_phone'
  if (phone.coolingUntil) return 'cooling_off'
  if (await isOfStaff(db, account)) return 'staff'
  const code = numericCode(CODE_DIGITS)
  try {
    return await db.transaction(async (tx) => {
      if (!(await store.keepCode(tx, flow.id, mailbox, codeDigest(code, flow.id)))) return 'sent_before'
      await takeLimits(tx, codeLimits({ mailbox, numbers: [phone.number], ip: null }))
      const body = smsText(flow.locale, { purpose: 'code', action: 'reset', code, minutes: CODE_MINUTES })
      await enqueueSms(tx, { mailbox, purpose: 'code', phone: phone.number, body })
      return null
    })
  } catch (error) {
    if (error instanceof AppError && (error.code === 'sms_limit' || error.code === 'sms_budget')) return 'limit'
    throw error
  }
}

export async function showReset(context: Context, { token }: z.output<typeof OfFlow>): Promise<ResetState> {
  const { flow, resendInSeconds, expiresInSeconds } = await flowOf(context.db, token)
  if (!flow.provedAt) {
    const triesLeft = store.TRIES_A_FLOW - flow.attempts
    return { step: 'code', by: flow.by, proved: flow.proofs, triesLeft, resendInSeconds }
  }
  const { name, nameEn, login, address, locked } = await accountOf(context, flow)
  return { step: 'new', expiresInSeconds, locked, rules: { policy: policyOf(env()), person: { name, nameEn, login, address } } }
}

export async function proveReset(context: Context, { token, code }: z.output<typeof ProveReset>): Promise<ResetState> {
  const { db, request, audited } = context
  const flow = await lookedUpFlow(db, token)
  if (flow.provedAt) throw new AppError('already_done')
  // The others have 60 random bits: they cannot be guessed, and stay open when strangers have guessed at codes (T9).
  const guessable = /^\d+$/.test(code) ? guessLimits('reset', guesserOf(flow.account)) : []
  const limits = [...strangerLimits(request.ip), ...guessable]
  await refuseGuessers(db, limits)
  const counted = await store.countTry(db, flow.id)
  if (!counted) throw new AppError('code_exhausted')
  const proof = await proofOf(db, counted, code)
  if (!proof) {
    await takeLimits(db, limits)
    if (guessable.length > 0) await countBehind(db, flow.mailbox ?? `nobody:${guesserOf(flow.account)}`)
    throw new AppError('code_wrong', { fields: ['code'], values: { left: store.TRIES_A_FLOW - counted.attempts } })
  }
  if (flow.mailbox) audited.mailbox = flow.mailbox
  audited.detail = { proof }
  return showReset(context, { token })
}

/**
 * Takes what was typed as a proof, or null. The same steps for an account that does not exist, and for one that was guessed at under another
 * spelling: an attacker learns nothing from the time either (T1).
 * @throws AppError code_expired when the right code came too late or was just used, reset_other_proof when another kind is needed,
 * recovery_code_young
 */
async function proofOf(db: Context['db'], flow: store.Flow, code: string): Promise<Proof | null> {
  const closed = /^\d+$/.test(code) && (await isClosed(db, flow.mailbox ?? ''))
  const mailbox = flow.mailbox ?? ''
  const digest = codeDigest(closed ? '' : code, flow.id)
  const right = sameBytes(digest, flow.code ?? new Uint8Array(digest.length))
  return db.transaction(async (tx) => {
    const proof = await takeProof(tx, { id: flow.id, mailbox, code, digest })
    if (right && !proof) throw new AppError('code_expired')
    if (!proof) return null
    if (await store.addProof(tx, flow.id, proof, env().RESET_PROOFS)) return proof
    throw new AppError(flow.proofs.includes(proof) ? 'reset_other_proof' : 'code_expired')
  })
}

async function takeProof(
  tx: Parameters<typeof store.takeCode>[0],
  { id, mailbox, code, digest }: { id: string; mailbox: string; code: string; digest: Uint8Array },
): Promise<Proof | null> {
  const recoveryCode = resetSecretDigest('recovery_code', mailbox, code)
  const taken = await store.takeCode(tx, id, digest)
  const recovery = await store.takeRecoveryCode(tx, id, mailbox, recoveryCode)
  const pass = await store.takePass(tx, id, mailbox, resetSecretDigest('pass', mailbox, code))
  if (await store.isYoungRecoveryCode(tx, mailbox, recoveryCode)) throw new AppError('recovery_code_young')
  return taken ? 'text' : recovery ? 'recovery_code' : pass ? 'pass' : null
}

export async function chooseNew(context: Context, { token, next: typed }: z.output<typeof ChooseNew>): Promise<Reset> {
  const { db, mail, audited } = context
  const { flow } = await provedFlow(db, token)
  audited.mailbox = flow.mailbox
  const account = await accountOf(context, flow)
  const judged = await judgePassword(policyOf(env()), account, typed)
  if (!judged.ok) throw new AppError(judged.code, { fields: ['next'], values: judged.values })
  const next = prepare(typed)
  const ask = () => mail.directory.setPassword(account.address, next)
  const { sessionsEnded: _, ...rest } = await changePassword(context, { account, kind: 'reset', next, ask, resetFlow: flow.id })
  return { at: new Date(), ...rest }
}

/** For who remembers after all: ends the lock by wrong passwords and leaves the password. */
export async function unlockAccount(context: Context, { token }: z.output<typeof OfFlow>) {
  const { db, mail, audited } = context
  const { flow } = await provedFlow(db, token)
  audited.mailbox = flow.mailbox
  const account = await accountOf(context, flow)
  await mail.directory.unlock(account.address).catch((cause) => {
    // A lost answer may be a yes: that is no "nothing was changed".
    throw cause instanceof MailCoreError && cause.code !== 'timeout' ? notAsked(cause) : cause
  })
  await db.transaction(async (tx) => {
    if (!(await store.finishFlow(tx, flow.id))) throw new AppError('already_done')
    await enqueueNotice(tx, { mailbox: account.address, kind: 'account_unlocked', params: {} })
  })
  return {}
}

/** A one-time pass for a caller whom staff have verified; the door tells the owner (T45). */
export async function issuePass({ db, mail, actor, warrant }: Context, { mailbox }: Input<typeof IssuePass>) {
  const account = await mail.directory.find(mailbox)
  if (!account || account.disabled) throw new AppError('account_disabled')
  if (!warrant) throw new AppError('reason_needed')
  const pass = newResetSecret()
  const digest = resetSecretDigest('pass', mailbox, pass)
  const issuedBy = describeActor(actor).id
  const expiresAt = await db.transaction((tx) => store.insertPass(tx, mailbox, { digest, issuedBy, ...warrant }))
  return { pass, expiresAt }
}

async function flowOf(db: Context['db'], token: string) {
  const found = await store.flowOf(db, token)
  if (!found) throw new AppError('reset_over')
  return found
}

/** Not sooner than an account may take to be looked up, whoever it is (T1). */
async function lookedUpFlow(db: Context['db'], token: string): Promise<store.Flow> {
  const { readyInMilliseconds } = await flowOf(db, token)
  if (readyInMilliseconds > 0) await delay(readyInMilliseconds)
  const { flow } = await flowOf(db, token)
  if (!flow.lookedUpAt) throw new AppError('reset_waiting')
  return flow
}

async function provedFlow(db: Context['db'], token: string) {
  const { flow } = await flowOf(db, token)
  if (!flow.provedAt || !flow.mailbox) throw new AppError('reset_over')
  return { flow: { ...flow, mailbox: flow.mailbox } }
}

async function accountOf({ mail }: Context, { mailbox }: { mailbox: string | null }): Promise<DirectoryAccount> {
  const account = await mail.directory.find(mailbox ?? '').catch((cause) => {
    throw cause instanceof MailCoreError ? notAsked(cause) : cause
  })
  if (!account || account.disabled) throw new AppError('account_disabled')
  return account
}
