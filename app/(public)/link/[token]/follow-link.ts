'use server'
import type { Answer } from '#components/link/follow-link.tsx'
import { followLinkAction, unsubscribeAction } from '#lib/features/digest/actions.ts'
import { cancelChangeAction } from '#lib/features/phone/actions.ts'
import { getFormat, getSite, getTranslations } from '#lib/platform/i18n/server.ts'

/** What the link is for, as the page found it; the token decides whether that is so. */
export type Purpose = 'phone' | 'mail' | 'unsubscribe'

/** The form's face of the operations: without JavaScript the browser posts it, and the page is the answer. */
export async function followLink(token: string, purpose: Purpose): Promise<Answer> {
  const [result, words] = await Promise.all([call(token, purpose), wordsOf(purpose)])
  const { reference } = result
  if (!result.ok) {
    const { code } = result
    return { ok: false, dead: code === 'link_invalid', title: words.failed, sentence: words.errors(code), reference }
  }
  return { ok: true, time: words.now, reference, ...words.done(result.data) }
}

async function call(token: string, purpose: Purpose) {
  if (purpose === 'phone') return cancelChangeAction({ token })
  if (purpose === 'unsubscribe') return unsubscribeAction({ token })
  return followLinkAction({ token })
}

type Done = Exclude<Awaited<ReturnType<typeof call>>, { ok: false }>['data']

async function wordsOf(purpose: Purpose) {
  const [format, errors, t, { hotline }] = await Promise.all([getFormat(), getTranslations('errors'), getTranslations('link'), getSite()])
  const done = (data: Done) => {
    if ('outcome' in data) {
      const { action, outcome, allowed } = data
      const ending = outcome === 'done' ? action : outcome
      const notAllowed = action === 'allow' && outcome === 'done' && !allowed
      const lines = [
        t(`${ending}.text`),
        ...(allowed ? [t('allow.allowed', { sender: allowed })] : []),
        ...(notAllowed ? [t('allow.notAllowed')] : []),
      ]
      return { title: t(`${ending}.title`), lines, next: { href: '/received', label: t('mail.toReceived') } }
    }
    if (purpose === 'unsubscribe')
      return { title: t('unsubscribe.done'), lines: [t('unsubscribe.doneText')], next: { href: '/digest', label: t('unsubscribe.again') } }
    return {
      title: t('phone.done.title'),
      lines: [t('phone.done.text'), t('phone.done.next', { hotline })],
      next: { href: '/sign-in', label: t('phone.done.button') },
    }
  }
  return { now: format.dayAndTime(new Date()), errors, failed: t(`${purpose}.failed`), done }
}
