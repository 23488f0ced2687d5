import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Authorized, AuthorizedMailbox } from '#lib/platform/actor.ts'
import { type BoundPhone, boundPhone, endingIndex, phoneContext } from '#lib/platform/bound-phone.ts'
import { guessLimits, refuseGuessers } from '#lib/platform/code-guesses.ts'
import type { Context } from '#lib/platform/context.ts'
import { blindIndex, codeDigest, numericCode, open, randomToken, sameBytes, seal } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { maskPhone, parsePhoneNumber } from '#lib/platform/phone-number.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { endSessionsOf } from '#lib/platform/session.ts'
import { enqueueSms } from '#lib/platform/sms/enqueue.ts'
import { smsText } from '#lib/platform/sms/text.ts'
import { codeLimits } from '#lib/platform/sms-limits.ts'
import type { CancelChange, ConfirmBinding, Flow, PhoneState, ResendCodes, ShowPhone, StartBinding } from './schema.ts'
import * as store from './store.ts'

const MOST_ACCOUNTS_A_NUMBER = 3
const CODE_MINUTES = 5
type Input<T extends z.ZodType> = Authorized<z.output<T>>

export async function showPhone({ db }: Context, { mailbox }: Input<typeof ShowPhone>): Promise<PhoneState> {
  const phone = await boundPhone(db, mailbox)
  const flow = await describeFlow(db, mailbox, phone)
  const bound = phone && { masked: phone.masked, boundAt: phone.boundAt, coolingUntil: phone.coolingUntil }
  return { bound, flow, coolingHours: env().PHONE_COOLING_HOURS }
}

async function describeFlow(db: Context['db'], mailbox: AuthorizedMailbox, phone: BoundPhone | null, id?: string): Promise<Flow | null> {
  const current = await store.currentFlow(db, mailbox, id)
  if (!current) return null
  const { flow, expiresInSeconds, resendInSeconds } = current
  return {
    id: flow.id,
    kind: flow.kind,
    masked: maskPhone(open(flow.numberCipher, phoneContext(mailbox))),
    oldMasked: flow.kind === 'change' ? (phone?.masked ?? null) : null,
    expiresInSeconds,
    resendInSeconds,
  }
}

/** Sends a code to the new number and, for a change, another to the old one. */
export async function startBinding(context: Context, { mailbox, number: typed }: Input<typeof StartBinding>): Promise<Flow> {
  const { db, request } = context
  const { number, country } = parsePhoneNumber(typed)
  const phone = await boundPhone(db, mailbox)
  if (phone?.coolingUntil) throw coolingOff(phone.coolingUntil)
  if (phone?.number === number) throw new AppError('phone_same', { fields: ['number'] })
  const index = blindIndex(number)
  if ((await store.othersWithNumber(db, mailbox, index)) >= MOST_ACCOUNTS_A_NUMBER)
    throw new AppError('phone_taken', { fields: ['number'] })
  await refuseGuessers(db, guessLimits('phone', mailbox))
  await takeLimits(db, codeLimits({ mailbox, numbers: numbersOf(number, phone), ip: request.ip }))

  const id = randomUUID()
  const codes = newCodes(phone)
  await db.transaction(async (tx) => {
    const numberCipher = seal(number, phoneContext(mailbox))
    await store.insertFlow(tx, mailbox, {
      id,
      kind: phone ? 'change' : 'bind',
      numberCipher,
      numberIndex: index,
      country,
      ...digests(codes, id),
    })
    await sendCodes(tx, context, { mailbox, number, phone, codes })
  })
  const flow = await describeFlow(db, mailbox, phone, id)
  if (!flow) throw new AppError('code_expired')
  return flow
}

export async function resendCodes(context: Context, { mailbox, flow: id }: Input<typeof ResendCodes>): Promise<Flow> {
  const { db, request } = context
  const current = await store.currentFlow(db, mailbox, id)
  if (!current) throw await noFlow(db, mailbox, id)
  const phone = await boundPhone(db, mailbox)
  // The numbers are read again here, from the server's own row (T5).
  const number = open(current.flow.numberCipher, phoneContext(mailbox))
  await takeLimits(db, codeLimits({ mailbox, numbers: numbersOf(number, phone), ip: request.ip }))
  const codes = newCodes(phone)
  await db.transaction(async (tx) => {
    if (!(await store.renewCodes(tx, mailbox, id, digests(codes, id)))) throw new AppError('code_expired')
    await sendCodes(tx, context, { mailbox, number, phone, codes })
  })
  const flow = await describeFlow(db, mailbox, phone, id)
  if (!flow) throw new AppError('code_expired')
  return flow
}

export async function confirmBinding(context: Context, input: Input<typeof ConfirmBinding>) {
  const { db } = context
  const { mailbox, flow: id, code, oldCode } = input
  await refuseGuessers(db, guessLimits('phone', mailbox))
  const flow = await store.countTry(db, mailbox, id)
  if (!flow) throw await noFlow(db, mailbox, id)
  const wrong = [
    ...(sameBytes(codeDigest(code, `${id}:new`), flow.newCode) ? [] : ['code']),
    ...(!flow.oldCode || sameBytes(codeDigest(oldCode ?? '', `${id}:old`), flow.oldCode) ? [] : ['oldCode']),
  ]
  if (wrong.length > 0) {
    await takeLimits(db, guessLimits('phone', mailbox))
    throw new AppError('code_wrong', { fields: wrong, values: { left: store.TRIES_A_CODE - flow.attempts } })
  }
  return flow.kind === 'bind' ? bindNumber(context, mailbox, flow) : changeNumber(context, mailbox, flow)
}

type FlowRow = NonNullable<Awaited<ReturnType<typeof store.countTry>>>

async function bindNumber({ db, audited }: Context, mailbox: AuthorizedMailbox, flow: FlowRow) {
  const number = open(flow.numberCipher, phoneContext(mailbox))
  const masked = maskPhone(number)
  audited.detail = { kind: flow.kind, number: masked }
  const coolingUntil = await db.transaction(async (tx) => {
    if (!(await store.finishFlow(tx, mailbox, flow.id))) throw new AppError('code_expired')
    if ((await store.othersWithNumber(tx, mailbox, flow.numberIndex)) >= MOST_ACCOUNTS_A_NUMBER) throw new AppError('phone_taken')
    const bound = await store.bindFirst(tx, mailbox, { ...flow, endingIndex: endingIndex(number) })
    if (!bound) throw new AppError('phone_already_bound')
    await enqueueNotice(tx, { mailbox, kind: 'phone_bound', params: { phone: masked } })
    return bound.until
  })
  return { masked, coolingUntil }
}

/** The old number and the mailbox are told, with a link that puts the old number back (T11). */
async function changeNumber({ db, request, audited }: Context, mailbox: AuthorizedMailbox, flow: FlowRow) {
  const number = open(flow.numberCipher, phoneContext(mailbox))
  const masked = maskPhone(number)
  audited.detail = { kind: flow.kind, number: masked }
  const old = await boundPhone(db, mailbox)
  if (!old) throw new AppError('phone_required')
  const token = randomToken()
  const coolingUntil = await db.transaction(async (tx) => {
    if (!(await store.finishFlow(tx, mailbox, flow.id))) throw new AppError('code_expired')
    if ((await store.othersWithNumber(tx, mailbox, flow.numberIndex)) >= MOST_ACCOUNTS_A_NUMBER) throw new AppError('phone_taken')
    const until = await store.replaceNumber(tx, mailbox, { ...flow, endingIndex: endingIndex(number) })
    if (!until) throw new AppError('phone_cooling_off')
    await store.insertCancelLink(tx, mailbox, token)
    const params = { phone: masked, effective: until.toISOString(), cancelToken: token }
    await enqueueNotice(tx, { mailbox, kind: 'phone_change_requested', params })
    const url = `${env().PUBLIC_URL}/link/${token}`
    const body = smsText(request.locale, { purpose: 'phone_changed', mailbox, phone: masked, effectiveAt: until, url })
    await enqueueSms(tx, { mailbox, purpose: 'phone_changed', phone: old.number, body })
    return until
  })
  return { masked, coolingUntil }
}

/** Whoever changed the number may have stolen the session: all sessions end with the change. */
export async function cancelChange({ db, audited }: Context, { token }: z.output<typeof CancelChange>) {
  await db.transaction(async (tx) => {
    const mailbox = await store.useCancelLink(tx, token)
    audited.mailbox = mailbox
    if (!mailbox || !(await store.putBackNumber(tx, mailbox))) throw new AppError('link_invalid')
    await endSessionsOf(tx, mailbox, 'security')
    const phone = await boundPhone(tx, mailbox as AuthorizedMailbox)
    if (!phone) throw new AppError('link_invalid')
    await enqueueNotice(tx, { mailbox, kind: 'phone_change_cancelled', params: { phone: phone.masked } })
  })
  return {}
}

export async function checkCancelLink({ db }: Context, { token }: z.output<typeof CancelChange>) {
  if (!(await store.isCancelLink(db, token))) throw new AppError('link_invalid')
  return {}
}

const noFlow = async (db: Context['db'], mailbox: AuthorizedMailbox, id: string) =>
  new AppError((await store.isExhausted(db, mailbox, id)) ? 'code_exhausted' : 'code_expired')
const coolingOff = (until: Date) => new AppError('phone_cooling_off', { values: { until: until.toISOString() } })
const numbersOf = (number: string, phone: BoundPhone | null) => (phone ? [number, phone.number] : [number])

interface Codes {
  code: string
  oldCode: string | null
}
const newCodes = (phone: BoundPhone | null): Codes => ({ code: numericCode(6), oldCode: phone ? numericCode(6) : null })
const digests = ({ code, oldCode }: Codes, id: string) => ({
  newCode: codeDigest(code, `${id}:new`),
  oldCode: oldCode === null ? null : codeDigest(oldCode, `${id}:old`),
})

async function sendCodes(
  tx: Parameters<typeof enqueueSms>[0],
  { request }: Context,
  { mailbox, number, phone, codes }: { mailbox: string; number: string; phone: BoundPhone | null; codes: Codes },
) {
  const action = phone ? 'change' : 'bind'
  const text = (code: string) => smsText(request.locale, { purpose: 'code', action, code, minutes: CODE_MINUTES })
  await enqueueSms(tx, { mailbox, purpose: 'code', phone: number, body: text(codes.code) })
  if (phone && codes.oldCode) await enqueueSms(tx, { mailbox, purpose: 'code', phone: phone.number, body: text(codes.oldCode) })
}
