import { sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { siteContacts } from '#db/schema/help.ts'
import type { Locale } from './i18n/locale.ts'

interface LocalText {
  zh: string
  en: string
}

/** What the site has said in one language only is better read in that than not at all. */
export const wordsIn = ({ zh, en }: LocalText, locale: Locale): string => (locale === 'en' ? en || zh : zh || en)

/** Whom a person may ask. What is empty the site has not set. */
export interface Contacts {
  hotline: LocalText
  hours: LocalText
  mobile: string
  mail: string
}

export const NO_CONTACTS: Contacts = { hotline: { zh: '', en: '' }, hours: { zh: '', en: '' }, mobile: '', mail: '' }

export async function readContacts(db: Queryable): Promise<Contacts> {
  const [row] = await db.select().from(siteContacts)
  if (!row) return NO_CONTACTS
  const { hotlineZh, hotlineEn, hoursZh, hoursEn, mobile, mail } = row
  return { hotline: { zh: hotlineZh, en: hotlineEn }, hours: { zh: hoursZh, en: hoursEn }, mobile, mail }
}

export async function writeContacts(db: Pick<Database, 'insert'>, { hotline, hours, mobile, mail }: Contacts): Promise<void> {
  const row = { hotlineZh: hotline.zh, hotlineEn: hotline.en, hoursZh: hours.zh, hoursEn: hours.en, mobile, mail }
  await db
    .insert(siteContacts)
    .values(row)
    .onConflictDoUpdate({ target: siteContacts.id, set: { ...row, updatedAt: sql`now()` } })
}

/** What to call, within a sentence: where the site has named no number, its helpdesk. */
export const hotlinesOf = ({ hotline }: Contacts): Record<Locale, string> => ({
  'zh-CN': wordsIn(hotline, 'zh-CN') || '服务台',
  en: wordsIn(hotline, 'en') || 'the helpdesk',
})
