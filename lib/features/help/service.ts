import type { z } from 'zod'
import { type Authorized, isSignedIn } from '#lib/platform/actor.ts'
import { bulletin, takeDownBulletin } from '#lib/platform/bulletin.ts'
import type { Context } from '#lib/platform/context.ts'
import { AppError } from '#lib/platform/errors.ts'
import { type Article, articles } from '#lib/platform/help-articles/articles.ts'
import { searchArticles } from '#lib/platform/help-articles/search.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { readContacts, writeContacts } from '#lib/platform/site-contacts.ts'
import { fileRequest } from '#lib/platform/staff-requests.ts'
import { describeUserAgent } from '#lib/platform/user-agent.ts'
import type { EndIncident, MessageFacts, OneArticle, PrepareMessage, PutIncident, SearchHelp, SetContacts, WriteMessage } from './schema.ts'
import * as store from './store.ts'

type Input<T extends z.ZodType> = Authorized<z.output<T>>

const RECENT = 3

/** Without words all of them, in the order of the contents. */
export async function searchHelp({ request: { locale } }: Context, { text }: z.output<typeof SearchHelp>) {
  const all = articles()
  const names = text === undefined ? [...all.keys()] : searchArticles(text)
  const found = names.map((slug) => all.get(slug) as Article)
  return { articles: found.map(({ slug, group, text }) => ({ slug, group, title: text[locale].title, summary: text[locale].summary })) }
}

export async function readArticle({ request: { locale } }: Context, { slug }: z.output<typeof OneArticle>) {
  const article = articles().get(slug)
  if (!article) throw new AppError('not_found')
  const { title, blocks } = article.text[locale]
  return { slug, title, pages: article.pages, blocks }
}

export const showContacts = async ({ db }: Context) => (await bulletin(db)).contacts

export async function setContacts({ db, audited }: Context, set: z.output<typeof SetContacts>) {
  const before = await readContacts(db)
  const { hotlineZh = '', hotlineEn = '', hoursZh = '', hoursEn = '', mobile = '', mail = '' } = set
  await writeContacts(db, { hotline: { zh: hotlineZh, en: hotlineEn }, hours: { zh: hoursZh, en: hoursEn }, mobile, mail })
  audited.detail = {
    ...{
      hotlineBefore: before.hotline.zh,
      hotlineEnBefore: before.hotline.en,
      hoursBefore: before.hours.zh,
      hoursEnBefore: before.hours.en,
    },
    ...{ mobileBefore: before.mobile, mailBefore: before.mail },
  }
  takeDownBulletin(db)
  return readContacts(db)
}

export async function listIncidents({ db }: Context) {
  const { version, incidents } = await bulletin(db)
  return {
    version,
    incidents: incidents.map(({ titleZh, titleEn, bodyZh, bodyEn, ...incident }) => ({
      ...incident,
      title: { zh: titleZh, en: titleEn },
      body: { zh: bodyZh, en: bodyEn },
    })),
  }
}

const MOST_ANNOUNCEMENTS = 100

export async function listAnnouncements({ db }: Context) {
  const rows = await store.announced(db, MOST_ANNOUNCEMENTS)
  return {
    announcements: rows.map(({ row: { titleZh, titleEn, bodyZh, bodyEn, ...rest }, state }) => ({
      ...rest,
      title: { zh: titleZh, en: titleEn },
      body: { zh: bodyZh, en: bodyEn },
      state,
    })),
  }
}

/** What of an announcement is another now, as the settings of the site write it down. */
function difference(before: store.Incident | undefined, after: store.Incident) {
  const fields = ['kind', 'titleZh', 'titleEn', 'bodyZh', 'bodyEn', 'startsAt', 'endsAt'] as const
  const told = (row: store.Incident, field: (typeof fields)[number]) => {
    const value = row[field]
    return `${field}=${value instanceof Date ? value.toISOString() : (value ?? '')}`
  }
  const other = fields.filter((field) => !before || told(before, field) !== told(after, field))
  return { before: before ? other.map((field) => told(before, field)) : [], after: other.map((field) => told(after, field)) }
}

/** Its text may be gone from every page by the time that somebody asks who wrote it: the audit keeps it. */
async function post({ db, audited }: Context, id: string | undefined, write: (tx: store.Tx) => Promise<store.Incident | undefined>) {
  const put = await db.transaction(async (tx) => {
    const before = id === undefined ? undefined : await store.lockIncident(tx, id)
    const after = id === undefined || before ? await write(tx) : undefined
    if (!after) throw new AppError('not_found')
    audited.detail = { id: after.id, name: after.titleZh, ...difference(before, after) }
    return after
  })
  takeDownBulletin(db)
  return put
}

export async function putIncident(context: Context, { id, bodyZh = '', bodyEn = '', endsAt, ...rest }: z.output<typeof PutIncident>) {
  const incident = { ...rest, bodyZh, bodyEn, endsAt: endsAt ?? null }
  const put = await post(context, id, (tx) => (id === undefined ? store.addIncident(tx, incident) : store.changeIncident(tx, id, incident)))
  return { id: put.id }
}

export async function endIncident(context: Context, { id }: z.output<typeof EndIncident>) {
  await post(context, id, (tx) => store.endIncident(tx, id))
  return {}
}

const browserOf = ({ request }: Context): string => {
  const { browser, system } = describeUserAgent(request.userAgent)
  return [browser, system].filter(Boolean).join(' · ')
}

export async function prepareMessage(context: Context, { mailbox }: Input<typeof PrepareMessage>): Promise<MessageFacts> {
  const { db } = context
  const [recent, { contacts }] = await Promise.all([store.recentTroubles(db, mailbox, RECENT), bulletin(db)])
  return { address: mailbox, browser: browserOf(context), recent, open: contacts.mail !== '' }
}

/**
 * The message, its place in the queue, its mail to the helpdesk and the receipt stand or fall together; the worker sends both (F3).
 * What staff write goes by mail alone: at the desk nobody may handle a colleague's.
 */
export async function writeMessage(context: Context, { mailbox, topic, text, about, page, recent, browser }: Input<typeof WriteMessage>) {
  const { db, actor, request, reference } = context
  const name = isSignedIn(actor) ? actor.name : mailbox
  const { mail: recipient } = await readContacts(db)
  if (!recipient) throw new AppError('helpdesk_no_mail')
  const facts = { about, page, recent, ...(browser ? { browser: browserOf(context) } : {}) }
  const { at } = await db.transaction(async (tx) => {
    const message = { reference, topic, body: text, facts, name, locale: request.locale, recipient }
    const written = await store.insertMessage(tx, mailbox, message)
    if (actor.kind !== 'staff') await fileRequest(tx, { mailbox, kind: 'message', about: { message: reference }, words: text })
    await enqueueNotice(tx, { mailbox, kind: 'help_written', params: { reference, topic }, locale: request.locale })
    return written
  })
  return { reference, at }
}
