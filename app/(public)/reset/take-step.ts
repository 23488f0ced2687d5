'use server'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { AccountAnswer, CodeAnswer, NewAnswer, Receipt, Refused } from '#components/reset/answers.ts'
import { type CodeKind, missingSigns } from '#components/reset/signs.ts'
import {
  chooseNewPasswordAction,
  proveResetAction,
  resendResetAction,
  startResetAction,
  unlockAccountAction,
} from '#lib/features/reset/actions.ts'
import type { Reset } from '#lib/features/reset/schema.ts'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'
import { spanOf } from '#lib/platform/i18n/span.ts'
import type { Result } from '#lib/platform/operation.ts'
import { endFlow, flowToken, keepFlow } from './flow-cookie.ts'

// The form's face of the operations: without JavaScript the browser posts it, and the page is the answer.

type Refusal = Extract<Result<unknown>, { ok: false }>
type NotDone = 'notSent' | 'notBegun' | 'notChecked' | 'notSaved' | 'notUnlocked'

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

export async function startReset(_before: AccountAnswer | null, form: FormData): Promise<AccountAnswer> {
  const t = await getTranslations('reset')
  const account = textOf(form, 'account').trim()
  const by = form.get('by') === 'pass' ? 'pass' : 'text'
  if (!account) return { account, wrong: t('account.missing') }
  const result = await startResetAction({ account, by })
  if (!result.ok) return { account, refused: await refusing(result, by === 'pass' ? 'notBegun' : 'notSent') }
  await keepFlow(result.data.token)
  redirect('/reset/code')
}

export async function takeCodeStep(_before: CodeAnswer | null, form: FormData): Promise<CodeAnswer> {
  const token = await tokenOrBegin()
  const wanted = form.get('do')
  if (wanted === 'send' || wanted === 'resend') return send(token, wanted)
  return prove(token, textOf(form, 'code'), wanted === 'pass' ? 'pass' : 'text')
}

async function send(token: string, which: 'send' | 'resend'): Promise<CodeAnswer> {
  const result = await resendResetAction({ token })
  if (!result.ok) return { refused: await refusing(result, 'notSent') }
  refresh()
  return { sent: which === 'send' ? '' : (await getTranslations('reset'))('code.resent') }
}

async function prove(token: string, code: string, kind: CodeKind): Promise<CodeAnswer> {
  const t = await getTranslations('reset.code')
  const missing = missingSigns(kind, code)
  if (missing > 0) return { wrong: t('missing', { count: missing }) }
  const result = await proveResetAction({ token, code })
  if (result.ok) redirect(result.data.step === 'new' ? '/reset/new' : '/reset/code')
  if (result.code === 'already_done') redirect('/reset/new')
  if (result.code !== 'code_wrong') return { refused: await refusing(result, 'notChecked') }
  refresh()
  return { wrong: t(`${kind}.wrong`, { left: Number(result.values?.left) }) }
}

export async function chooseNew(_before: NewAnswer | null, form: FormData): Promise<NewAnswer> {
  const token = await tokenOrBegin()
  const next = textOf(form, 'next')
  const t = await getTranslations('new-password')
  if (!next) return { fields: { next: t('missing') } }
  if (next !== textOf(form, 'again')) return { fields: { again: t('differ') } }
  const result = await chooseNewPasswordAction({ token, next })
  if (result.ok) return { done: await receiptOf(result.data, result.reference) }
  if (!result.fields?.includes('next')) return { refused: await refusing(result, 'notSaved') }
  return { fields: { next: (await getTranslations('errors'))(result.code, result.values) } }
}

export async function unlock(): Promise<NewAnswer> {
  const result = await unlockAccountAction({ token: await tokenOrBegin() })
  if (!result.ok) return { refused: await refusing(result, 'notUnlocked') }
  const [t, format] = await Promise.all([getTranslations('reset.unlocked'), getFormat()])
  await endFlow()
  const lines = [t('password'), t('told')]
  return { done: { title: t('title'), time: format.dayAndTime(new Date()), lines, signIn: t('signIn'), reference: result.reference } }
}

async function receiptOf({ at, phone, appPasswords: { active, revoked }, recoveryCodesEnded }: Reset, reference: string): Promise<Receipt> {
  const [t, format] = await Promise.all([getTranslations('reset.done'), getFormat()])
  await endFlow()
  const lines = [
    t('sessions'),
    ...(active > 0 ? [t('kept', { count: active })] : []),
    ...(revoked > 0 ? [t('revoked', { count: revoked })] : []),
    ...(recoveryCodesEnded > 0 ? [t('codes')] : []),
    phone ? t('told', { phone }) : t('toldByMail'),
  ]
  return { title: t('title'), time: format.dayAndTime(at), lines, signIn: t('signIn'), reference }
}

async function tokenOrBegin(): Promise<string> {
  return (await flowToken()) ?? redirect('/reset')
}

/** Why, in words. A reset that is over leads back to its beginning. */
async function refusing({ code, reference, values, retryAfter }: Refusal, what: NotDone): Promise<Refused> {
  if (code === 'reset_over') {
    await endFlow()
    redirect('/reset?over=1')
  }
  const [t, errors, common] = await Promise.all([getTranslations('reset'), getTranslations('errors'), getTranslations('common')])
  const title = t(`failed.${what}`)
  if (code === 'code_exhausted') {
    const next = { href: '/reset', label: t('failed.again') }
    return { title, sentence: t('failed.exhausted'), reference, next }
  }
  const wait = retryAfter === undefined ? undefined : common('wait', spanOf(retryAfter))
  return { title, sentence: errors(code, values), wait, reference }
}
