import { createTranslator } from 'next-intl'
import { env } from '../env.ts'
import { createFormat } from '../i18n/format.ts'
import type { Locale } from '../i18n/locale.ts'
import { plainWords } from '../notices/plain-words.ts'

// Next compiles these files and Node reads them as they are; a static import with an attribute would skip the compiler.
const { default: en } = await import('../i18n/messages/en/sms.json', { with: { type: 'json' } })
const { default: zh } = await import('../i18n/messages/zh-CN/sms.json', { with: { type: 'json' } })

/** What a text is sent for; also `sms_messages.purpose`. */
export type SmsPurpose = SmsText['purpose']

export type SmsText =
  | { purpose: 'code'; action: 'bind' | 'change' | 'reset'; code: string; minutes: number }
  | { purpose: 'app_password'; mailbox: string; name: string; secret: string; expiresAt: Date }
  /** To the old number: `phone` is the new one, masked; `url` cancels. */
  | { purpose: 'phone_changed'; mailbox: string; phone: string; effectiveAt: Date; url: string }
  | { purpose: 'password_reset'; mailbox: string; hotline: string }
  /** To be read out to the helpdesk, by whoever called it. */
  | { purpose: 'call_code'; code: string; minutes: number }
  /** To the number that was bound. */
  | { purpose: 'phone_unbound'; mailbox: string; hotline: string }

/** The words of a text, in one language. */
export function smsText(locale: Locale, text: SmsText): string {
  const { SITE_NAME_EN, SITE_NAME_ZH, TIME_ZONE } = env()
  const format = createFormat(locale, TIME_ZONE)
  const t = createTranslator({ locale, messages: locale === 'en' ? en : zh })
  const site = locale === 'en' ? SITE_NAME_EN : SITE_NAME_ZH
  switch (text.purpose) {
    case 'code':
      return t('code', { site, code: text.code, purpose: text.action, minutes: text.minutes })
    case 'app_password':
      return t('app_password', {
        ...text,
        site,
        name: plainWords(text.name),
        expires: format.day(text.expiresAt),
      })
    case 'phone_changed':
      return t('phone_changed', { ...text, site, effective: format.dayAndTime(text.effectiveAt) })
    case 'call_code':
      return t('call_code', { ...text, site })
    case 'password_reset':
    case 'phone_unbound':
      return t(text.purpose, { ...text, site })
  }
}
