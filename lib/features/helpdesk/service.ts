import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { HeldVerdict } from '#lib/mail-core/quarantine/port.ts'
import { accountReference } from '#lib/platform/account-reference.ts'
import { activityOf } from '#lib/platform/activity-log.ts'
import { type Authorized, type AuthorizedMailbox, describeActor } from '#lib/platform/actor.ts'
import { agentSign } from '#lib/platform/agent-sign.ts'
import { boundPhone, ENDING_DIGITS } from '#lib/platform/bound-phone.ts'
import { endVerifications, keepVerification, verificationOf, verifiedBy } from '#lib/platform/caller-verification.ts'
import { guessLimits, refuseGuessers } from '#lib/platform/code-guesses.ts'
import type { Context } from '#lib/platform/context.ts'
import { codeDigest, numericCode, sameBytes } from '#lib/platform/crypto.ts'
import { databaseNow } from '#lib/platform/database-clock.ts'
import { AppError } from '#lib/platform/errors.ts'
import { endingOf, maskAddress, maskName, maskNumber } from '#lib/platform/mask.ts'
import { maskPhone, parsePhoneNumber } from '#lib/platform/phone-number.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { enqueueSms } from '#lib/platform/sms/enqueue.ts'
import { smsText } from '#lib/platform/sms/text.ts'
import { codeLimits, RESEND_SECONDS } from '#lib/platform/sms-limits.ts'
import { hasRole } from '#lib/platform/staff.ts'
import { fileRequest, withdrawOtherUnbindings } from '#lib/platform/staff-requests.ts'
import { unlessAway } from '#lib/platform/unless-away.ts'
import { describeUserAgent } from '#lib/platform/user-agent.ts'
import type { Account, Calls, FoundAccounts, OneAccount, SearchAccounts, SendCallCode, VerifyCaller } from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

const MOST_FOUND = 20
const RECENT = 10
/** Of which the looks of staff are left out. */
const RECENT_ENTRIES = 60
const LOOK = /\.(account|count|list|show)$/
const MOST_HELD = 1_000
const DELETED_DAYS_MS = 7 * 86_400_000

/** The member of staff at work. */
const agentOf = ({ actor }: Pick<Context, 'actor'>): string => describeActor(actor).id

export async function searchAccounts(context: Context, { query }: z.output<typeof SearchAccounts>): Promise<FoundAccounts> {
  const { db, mail, audited } = context
  const [named, byPhone] = await Promise.all([mail.directory.search(query, MOST_FOUND), mailboxesByPhone(db, query)])
  const others = byPhone.filter((mailbox) => !named.some(({ address }) => address === mailbox)).slice(0, MOST_FOUND - named.length)
  const called = await Promise.all(others.map((mailbox) => mail.directory.find(mailbox)))
  const found = [...named, ...called.filter((account) => account !== null)]
  const phones = await store.phoneNumbers(
    db,
    found.map(({ address }) => address),
  )
  audited.detail = { count: found.length }
  return {
    accounts: found.map(({ address, name, number, disabled }) => {
      const phone = phones.get(address)
      const shown = { name: maskName(name), address: maskAddress(address), number: number && maskNumber(number) }
      return { account: accountReference(agentOf(context), address), ...shown, phone: phone ? maskPhone(phone) : null, disabled }
    }),
  }
}

/** Whom this member of staff is helping. */
export async function listCalls(context: Context): Promise<Calls> {
  const { db, mail } = context
  const agent = agentOf(context)
  const calls = await Promise.all(
    (await verifiedBy(db, agent)).map(async ({ mailbox, ...verified }) => {
      const found = await mail.directory.find(mailbox)
      return found && { ...verified, account: accountReference(agent, mailbox), name: found.name, address: mailbox }
    }),
  )
  return { calls: calls.filter((call) => call !== null) }
}

/** By the whole number, or by its last four digits, which the mask shows: with any others a number could be found out one by one (T45). */
async function mailboxesByPhone(db: Context['db'], query: string): Promise<string[]> {
  if (!/^\+?[\d\s()-]+$/.test(query)) return []
  const digits = query.replace(/\D/g, '')
  return digits.length === ENDING_DIGITS ? store.mailboxesByEnding(db, digits, MOST_FOUND) : wholeNumber(db, query)
}

function wholeNumber(db: Context['db'], query: string): Promise<string[]> | string[] {
  try {
    return store.mailboxesByNumber(db, parsePhoneNumber(query).number)
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

/** To the bound phone, which the caller has at hand; never to one that was changed just now, by whomever (T11). */
export async function sendCallCode(context: Context, { mailbox, locale }: Input<typeof SendCallCode>) {
  const { db, request } = context
  const phone = await boundPhone(db, mailbox)
  if (!phone) throw new AppError('phone_required')
  if (phone.coolingUntil) throw new AppError('phone_cooling_off', { values: { until: phone.coolingUntil.toISOString() } })
  await refuseGuessers(db, guessLimits('helpdesk', mailbox))
  const [id, code] = [randomUUID(), numericCode(6)]
  await db.transaction(async (tx) => {
    // The address is that of the member of staff, who calls for many people.
    await takeLimits(tx, codeLimits({ mailbox, numbers: [phone.number], ip: null }))
    await store.keepCode(tx, mailbox, agentOf(context), id, codeDigest(code, id))
    const body = smsText(locale ?? request.locale, { purpose: 'call_code', code, minutes: store.CODE_MINUTES })
    await enqueueSms(tx, { mailbox, purpose: 'call_code', phone: phone.number, body })
  })
  return { masked: phone.masked, expiresInSeconds: store.CODE_MINUTES * 60, resendInSeconds: RESEND_SECONDS }
}

/** A call back to the number on file and a document are written down on the word of the member of staff; only a code proves something. */
export async function verifyCaller(context: Context, { mailbox, method, code, document, note }: Input<typeof VerifyCaller>) {
  const { db, mail } = context
  const agent = agentOf(context)
  // A number that the caller names is nobody's in particular (T45).
  if (method === 'call_back' && !(await mail.directory.find(mailbox))?.officePhone) throw new AppError('no_office_phone')
  const kept = [document && `${document.kind} ${document.ending}`, note].filter(Boolean).join(': ') || null
  const right = code === undefined ? null : await checkCode(context, mailbox, code)
  await db.transaction(async (tx) => {
    if (right && !(await store.takeCode(tx, mailbox, agent, right))) throw new AppError('code_expired')
    await keepVerification(tx, { agent, mailbox, method, note: kept })
  })
  const verification = await verificationOf(db, agent, mailbox)
  if (!verification) throw new AppError('conflict')
  return verification
}

/** The digest of a right one, which can still be used once. */
async function checkCode(context: Context, mailbox: AuthorizedMailbox, code: string): Promise<Uint8Array> {
  const { db } = context
  const limits = guessLimits('helpdesk', mailbox)
  await refuseGuessers(db, limits)
  const sent = await store.countTry(db, mailbox, agentOf(context))
  if (!sent) throw new AppError('code_expired')
  const digest = codeDigest(code, sent.id)
  if (sent.code && sameBytes(digest, sent.code)) return digest
  await takeLimits(db, limits)
  throw new AppError('code_wrong', { fields: ['code'], values: { left: store.TRIES_A_CODE - sent.attempts } })
}

export async function endCall(context: Context, { mailbox }: Input<typeof OneAccount>) {
  await endVerifications(context.db, agentOf(context), mailbox)
  return {}
}

/** Everything about an account on one page; before the verification only what tells that it is the right one. */
export async function showAccount(context: Context, { mailbox }: Input<typeof OneAccount>): Promise<Account> {
  const { db, mail } = context
  const agent = agentOf(context)
  const [found, verified, phone, sign, storage] = await Promise.all([
    mail.directory.find(mailbox),
    verificationOf(db, agent, mailbox),
    boundPhone(db, mailbox),
    agentSign(db, agent, mailbox),
    unlessAway(() => mail.mailbox.quota(mailbox)),
  ])
  if (!found) throw new AppError('not_found')
  const { name, number, unit, officePhone, disabled, locked, mustChange, passwordChangedAt, passwordExpiresAt } = found
  const whole = { name, address: mailbox as string, number, unit }
  const masked = { name: maskName(name), address: maskAddress(mailbox), number: number && maskNumber(number), unit: null }
  return {
    account: accountReference(agent, mailbox),
    verified,
    ...(verified ? whole : masked),
    officePhoneEnding: officePhone && endingOf(officePhone),
    phone: phone && { masked: phone.masked, boundAt: phone.boundAt, coolingUntil: phone.coolingUntil },
    sign,
    state: { disabled, locked, mustChange },
    storage,
    details: verified ? { passwordChangedAt, passwordExpiresAt, ...(await detailsOf(context, mailbox)) } : null,
  }
}

async function detailsOf({ db, mail }: Context, mailbox: AuthorizedMailbox) {
  const [appPasswords, sessions, held, deleted, signIns, requests, activity] = await Promise.all([
    store.appPasswordsOf(db, mailbox),
    store.liveSessions(db, mailbox),
    unlessAway(() => heldByVerdict(mail, mailbox)),
    unlessAway(async () => {
      const since = new Date((await databaseNow(db)).getTime() - DELETED_DAYS_MS)
      return (await mail.mailbox.countDeleted(mailbox, { since })).count
    }),
    store.signInsOf(db, mailbox, RECENT),
    store.newestRequests(db, mailbox, RECENT),
    recentActivity(db, mailbox),
  ])
  return {
    ...{ appPasswords, sessions, held, deleted, activity },
    signIns: signIns.map(({ row: { id, createdAt: at, ip, network, userAgent, unusual }, live }) => {
      return { id, at, ip, network, ...describeUserAgent(userAgent), unusual, live }
    }),
    requests: requests.map(({ id, kind, state, createdAt }) => ({ id, kind, state, createdAt })),
  }
}

async function recentActivity(db: Context['db'], mailbox: AuthorizedMailbox) {
  const entries = await activityOf(db, mailbox, { limit: RECENT_ENTRIES })
  return entries.filter(({ operation, actor }) => actor.own || !LOOK.test(operation)).slice(0, RECENT)
}

async function heldByVerdict(mail: Context['mail'], mailbox: AuthorizedMailbox): Promise<Partial<Record<HeldVerdict, number>>> {
  const counts: Partial<Record<HeldVerdict, number>> = {}
  for (const { verdict } of await mail.quarantine.open(mailbox, { limit: MOST_HELD })) counts[verdict] = (counts[verdict] ?? 0) + 1
  return counts
}

/** The full number, which nobody else of the staff ever sees; the door tells the owner. */
export async function unmaskPhone({ db }: Context, { mailbox }: Input<typeof OneAccount>) {
  const phone = await boundPhone(db, mailbox)
  if (!phone) throw new AppError('phone_required')
  return { number: phone.number }
}

/** Ends a lock by wrong passwords; the password stays. */
export async function unlockAccount({ mail }: Context, { mailbox }: Input<typeof OneAccount>) {
  if (!(await mail.directory.unlock(mailbox))) throw new AppError('not_found')
  return {}
}

/** Without the phone nothing proves who calls: a second person, a supervisor, decides. */
export async function requestUnbinding(context: Context, { mailbox }: Input<typeof OneAccount>) {
  const { db, actor, warrant } = context
  if (!warrant) throw new AppError('reason_needed')
  const phone = await boundPhone(db, mailbox)
  if (!phone) throw new AppError('phone_required')
  const boundAt = phone.boundAt.toISOString()
  const by = { agent: agentOf(context), supervisor: hasRole(actor, ['supervisor']), ticket: warrant.ticket }
  const filed = { mailbox, kind: 'phone_unbinding', about: { boundAt }, words: warrant.reason, by } as const
  const id = await db.transaction(async (tx) => {
    await withdrawOtherUnbindings(tx, mailbox, boundAt)
    return fileRequest(tx, filed)
  })
  if (!id) throw new AppError('already_done')
  return { id }
}
