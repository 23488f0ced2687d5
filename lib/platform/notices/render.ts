import { createTranslator } from 'next-intl'
import { createFormat } from '../i18n/format.ts'
import { LOCALES, type Locale } from '../i18n/locale.ts'
import { escapeHtml } from './escape-html.ts'
import { type HelpdeskAct, type NoticeKind, type NoticeParams, noticePages } from './kinds.ts'
import { plainWords } from './plain-words.ts'

// Next compiles these files and Node reads them as they are; a static import with an attribute would skip the compiler.
const { default: en } = await import('../i18n/messages/en/notices.json', { with: { type: 'json' } })
const { default: zh } = await import('../i18n/messages/zh-CN/notices.json', { with: { type: 'json' } })

export interface Site {
  publicUrl: string
  timeZone: string
  name: Record<Locale, string>
  hotline: Record<Locale, string>
}

export type NoticeEvent = {
  [K in NoticeKind]: { kind: K; params: NoticeParams<K> }
}[NoticeKind]

export interface Notice {
  mailbox: string
  /** When it happened. */
  at: Date
  /** Null: unknown, so the mail speaks both languages, 中文 first. */
  locale: Locale | null
  event: NoticeEvent
}

export interface RenderedNotice {
  subject: string
  text: string
  html: string
}

/** The mail's words. The one link leads to the portal; nothing is loaded from anywhere (T37). */
export function renderNotice(site: Site, notice: Notice): RenderedNotice {
  const parts = (notice.locale ? [notice.locale] : LOCALES).map((locale) => section(site, notice, locale))
  const lang = parts.length === 1 ? ` lang="${parts[0]?.locale}"` : ''
  return {
    subject: parts.map(({ subject }) => subject).join(' · '),
    text: `${parts.map(({ text }) => text).join('\n\n———\n\n')}\n`,
    html:
      `<!doctype html><html${lang}><head><meta charset="utf-8"></head>` +
      `<body style="font:16px/1.6 system-ui,sans-serif;max-width:40em">${parts.map(({ html }) => html).join('<hr>')}</body></html>`,
  }
}

function section(site: Site, { mailbox, at, event }: Notice, locale: Locale) {
  const t = createTranslator({ locale, messages: locale === 'en' ? en : zh })
  // Relative to the event: a mail that is sent twice reads the same both times.
  const format = createFormat(locale, site.timeZone, () => at)
  const quoted = (name: string) => t('quoted', { name: plainWords(name) })
  const values = {
    ...wordsOf(event, { quoted, list: t('list'), moment: format.dayAndTime, did: (act) => t(`helpdesk_acted.did.${act}`) }),
    at: format.dayAndTime(at),
    mailbox,
  }
  const subject = t(`${event.kind}.subject`, values)
  const paragraphs = [t(`${event.kind}.what`, values), t(`${event.kind}.otherwise`, values)]
  const link = t(`${event.kind}.link`)
  const footer = t('footer', { site: site.name[locale], hotline: site.hotline[locale] })
  const url = linkOf(site, event)
  const anchor = `<p><a href="${escapeHtml(url)}">${escapeHtml(link)}</a></p>`
  return {
    locale,
    subject,
    text: [...paragraphs, `${link}${t('separator')}${url}`, footer].join('\n\n'),
    html: `<div lang="${locale}">${paragraphs.map(paragraph).join('')}${anchor}${paragraph(footer)}</div>`,
  }
}

interface Words {
  quoted(name: string): string
  list: string
  moment(date: Date): string
  did(act: HelpdeskAct): string
}

function wordsOf({ kind, params }: NoticeEvent, { quoted, list, moment, did }: Words): Record<string, string | number> {
  switch (kind) {
    case 'phone_change_requested':
      return { phone: params.phone, effective: moment(new Date(params.effective)) }
    case 'phone_bound':
    case 'phone_change_cancelled':
      return { phone: params.phone }
    case 'app_password_created':
    case 'api_token_created':
      return { name: quoted(params.name), expires: moment(new Date(params.expires)) }
    case 'app_password_revoked':
      return { names: params.names.map(quoted).join(list), count: params.names.length }
    case 'app_passwords_suspended':
    case 'password_changed':
    case 'password_reset':
    case 'account_unlocked':
    case 'recovery_codes_made':
      return {}
    case 'password_expiring':
      return { expires: moment(new Date(params.expires)), days: params.days }
    case 'helpdesk_acted':
      return {
        ...{ did: did(params.operation), agent: plainWords(params.agent) },
        ...{ reason: plainWords(params.reason), ticket: plainWords(params.ticket), unsure: String(params.unsure ?? false) },
      }
    case 'request_decided':
      return { kind: params.kind, granted: String(params.granted), words: plainWords(params.words) }
    case 'phone_unbound':
      return { phone: params.phone }
    case 'app_password_expiring':
      return { name: quoted(params.name), expires: moment(new Date(params.expires)), days: params.days }
    case 'restore_done':
      return { count: params.count, gone: params.gone }
    case 'restore_failed':
      return { count: params.count, left: params.left }
    case 'mass_deletion':
      return {
        ...{ count: params.count, known: params.client === null ? 'no' : 'yes', client: quoted(params.client ?? '') },
        ...{ deleted: moment(new Date(params.deleted)), until: moment(new Date(params.until)) },
      }
    case 'mail_recalled':
      return { sender: params.sender, sent: moment(new Date(params.sent)) }
    case 'help_written':
      return { reference: params.reference, topic: params.topic }
    case 'api_token_expiring':
      return {
        ...{ name: quoted(params.name), maker: params.maker },
        ...{ expires: moment(new Date(params.expires)), days: params.days },
      }
    case 'webhook_changed':
      return { host: plainWords(params.host), how: params.how, by: params.by }
    case 'webhook_off':
      return { host: plainWords(params.host), reason: params.reason }
    case 'new_sign_in':
      return { device: plainWords(params.device), ip: params.ip }
  }
}

/** The token stands in the path: a link in a mail needs no sign-in, and acts only on a POST (T39). */
function linkOf({ publicUrl }: Site, { kind, params }: NoticeEvent): string {
  if (kind === 'phone_change_requested') return `${publicUrl}/link/${encodeURIComponent(params.cancelToken)}`
  return publicUrl + noticePages[kind]
}

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`
