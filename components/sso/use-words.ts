'use client'
import { useLocale, useTranslations } from 'next-intl'
import type { SignInRecord } from '#lib/features/sso/schema.ts'

/** Device and place of a sign-in, in words. */
export function useWords() {
  const t = useTranslations('sso.sessions')
  const locale = useLocale()
  const deviceOf = ({ system, browser }: SignInRecord) => [system, browser].filter(Boolean).join(' · ') || t('unknownDevice')
  /** Networks that the site named carry both languages; of others only the address is worth saying. */
  const placeOf = ({ network, ip }: SignInRecord) => {
    const named = network && !network.includes('/') ? network.split('|').at(locale === 'en' ? -1 : 0) : null
    return [named, ip].filter(Boolean).join(' · ') || t('unknownPlace')
  }
  return { deviceOf, placeOf }
}
