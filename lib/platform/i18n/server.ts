import 'server-only'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { bulletin, type Incident } from '../bulletin.ts'
import { resources } from '../context.ts'
import { env } from '../env.ts'
import type { ErrorCode, ErrorDetail } from '../errors.ts'
import { hotlinesOf, wordsIn } from '../site-contacts.ts'
import { createFormat, type Format } from './format.ts'

export { getLocale, getTranslations } from 'next-intl/server'

/** Dates, times and sizes in the language of this request. */
export async function getFormat(): Promise<Format> {
  return createFormat(await getLocale(), await getTimeZone())
}

type Values = ErrorDetail['values']

/** Why something was refused, in a sentence; for staff at somebody else’s mailbox as a page's `ClientMessages onBehalf` has it. */
export async function refusalWords(onBehalf?: true): Promise<(code: ErrorCode, values?: Values) => string> {
  const [errors, others] = await Promise.all([getTranslations('errors'), getTranslations('on-behalf.words')])
  const key = (code: ErrorCode) => `errors.${code}` as 'errors.restore_no_room'
  return (code, values) => (onBehalf && others.has(key(code)) ? others(key(code), values as Record<'over', number>) : errors(code, values))
}

export interface Announcement extends Pick<Incident, 'id' | 'kind'> {
  title: string
  /** May be empty. */
  body: string
  /** Since when and, where it is known, until when it is expected to last, by the clock of the site. */
  times: string
}

export interface SiteWords {
  /** What the organisation calls its mail self-service. */
  name: string
  /** Whom to call, within a sentence. */
  hotline: string
  contacts: { hotline: string; hours: string; mobile: string; mail: string }
  /** Running now, the most pressing first. */
  incidents: Announcement[]
  /** Changes whenever something about the incidents does. */
  incidentsVersion: string
}

/** What is the same on every page, in the language of this request. */
export async function getSite(): Promise<SiteWords> {
  const locale = await getLocale()
  const { SITE_NAME_EN, SITE_NAME_ZH } = env()
  const [{ contacts, incidents, version }, format, t] = await Promise.all([bulletin(resources().db), getFormat(), getTranslations('shell')])
  return {
    name: locale === 'en' ? SITE_NAME_EN : SITE_NAME_ZH,
    hotline: hotlinesOf(contacts)[locale],
    contacts: { ...contacts, hotline: wordsIn(contacts.hotline, locale), hours: wordsIn(contacts.hours, locale) },
    incidents: incidents.map(({ id, kind, titleZh, titleEn, bodyZh, bodyEn, startsAt, endsAt }) => ({
      ...{ id, kind },
      title: wordsIn({ zh: titleZh, en: titleEn }, locale),
      body: wordsIn({ zh: bodyZh, en: bodyEn }, locale),
      times: t(endsAt ? 'incidentTimes' : 'incidentSince', { since: format.brief(startsAt), until: endsAt ? format.brief(endsAt) : '' }),
    })),
    incidentsVersion: version,
  }
}
