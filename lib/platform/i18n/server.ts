import 'server-only'
import { getLocale, getTimeZone } from 'next-intl/server'
import { env } from '../env.ts'
import { createFormat, type Format } from './format.ts'

export { getLocale, getTranslations } from 'next-intl/server'

/** Dates, times and sizes in the language of this request. */
export async function getFormat(): Promise<Format> {
  return createFormat(await getLocale(), await getTimeZone())
}

/** What the organisation calls its mail self-service, and whom to call. */
export async function getSite(): Promise<{ name: string; hotline: string }> {
  const { SITE_NAME_EN, SITE_NAME_ZH, HOTLINE_EN, HOTLINE_ZH } = env()
  return (await getLocale()) === 'en' ? { name: SITE_NAME_EN, hotline: HOTLINE_EN } : { name: SITE_NAME_ZH, hotline: HOTLINE_ZH }
}
