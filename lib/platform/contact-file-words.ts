import { createTranslator } from 'next-intl'
import type { Locale } from './i18n/locale.ts'

// Next compiles these files and Node reads them as they are; a static import with an attribute would skip the compiler.
const { default: en } = await import('./i18n/messages/en/contact-file.json', { with: { type: 'json' } })
const { default: zh } = await import('./i18n/messages/zh-CN/contact-file.json', { with: { type: 'json' } })

/** What stands in a file of rows that an import left out. */
export function contactFileWords(locale: Locale) {
  const t = createTranslator({ locale, messages: locale === 'en' ? en : zh })
  return {
    leftOut: t('leftOut'),
    reason: t('reason'),
    why: (fault: keyof (typeof en)['why']) => t(`why.${fault}`),
  }
}
