import { createTranslator } from 'next-intl'
import type { HeldVerdict } from '#lib/mail-core/quarantine/port.ts'
import { needsHelpdesk } from '../held-mail.ts'
import { createFormat, type Format } from '../i18n/format.ts'
import { LOCALES, type Locale } from '../i18n/locale.ts'
import { escapeHtml } from './escape-html.ts'
import { plainWords } from './plain-words.ts'
import type { RenderedNotice, Site } from './render.ts'

// Next compiles these files and Node reads them as they are; a static import with an attribute would skip the compiler.
const { default: en } = await import('../i18n/messages/en/digest-mail.json', { with: { type: 'json' } })
const { default: zh } = await import('../i18n/messages/zh-CN/digest-mail.json', { with: { type: 'json' } })

const ACTIONS = ['release', 'allow', 'delete'] as const

export interface DigestedMail {
  id: string
  verdict: HeldVerdict
  /** Null: a message of a mail server about mail. */
  from: { name: string; address: string } | null
  subject: string | null
  heldAt: Date
  expiresAt: Date
  /** Of the links that it gets. */
  tokens: Partial<Record<(typeof ACTIONS)[number], string>>
}

export interface Digest {
  mailbox: string
  at: Date
  /** Null: unknown, so the mail speaks both languages, 中文 first. */
  locale: Locale | null
  mails: DigestedMail[]
  /** How many more are held that it does not list. */
  more: number
  /** Token of the link that stops digests. */
  unsubscribe: string
}

/** One click in the mail client stops digests (RFC 8058); by the list's name they can be sorted (RFC 2919). */
export const digestHeaders = ({ publicUrl }: Site, unsubscribe: string): Record<string, string> => ({
  'List-Id': `<held-mail.${new URL(publicUrl).hostname}>`,
  'List-Unsubscribe': `<${publicUrl}/api/hooks/unsubscribe/${unsubscribe}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/** The mail's words. Whatever a stranger wrote is one short line of text that no client turns into a link (T33, T35); nothing is loaded. */
export function renderDigest(site: Site, digest: Digest): RenderedNotice {
  const { mailbox, mails, more, locale, unsubscribe } = digest
  const tongues = (locale ? [locale] : LOCALES).map((one) => tongue(one, site, digest.at))
  const each = (words: (tongue: Tongue) => string) => tongues.map((one) => ({ lang: one.locale, text: words(one) }))
  const count = mails.length + more
  const intro = [each(({ t }) => t('intro', { count, mailbox })), each(({ t }) => t('links'))].flat()
  const rows = mails.map((mail) => describe(site, mail, tongues))
  const after: Linked[] = [
    ...(more > 0 ? [{ text: say(tongues, ({ t }) => t('more', { count: more })), url: `${site.publicUrl}/received?result=held` }] : []),
    { text: say(tongues, ({ t }) => t('settings')), url: `${site.publicUrl}/digest` },
    { text: say(tongues, ({ t }) => t('unsubscribe')), url: `${site.publicUrl}/link/${unsubscribe}` },
  ]
  const footer = each(({ t, locale }) => t('footer', { site: site.name[locale], hotline: site.hotline[locale] }))
  return {
    subject: say(tongues, ({ t }) => t('subject', { count })),
    text: asText(tongues, { intro, rows, after, footer }),
    html: asHtml(locale, { intro, rows, after, footer }),
  }
}

const translator = (locale: Locale) => createTranslator({ locale, messages: locale === 'en' ? en : zh })

interface Tongue {
  locale: Locale
  t: ReturnType<typeof translator>
  format: Format
}
interface Linked {
  text: string
  url: string
}
interface Row {
  subject: string
  facts: { label: string; value: string }[]
  links: Linked[]
}
interface Parts {
  intro: { lang: Locale; text: string }[]
  rows: Row[]
  after: Linked[]
  footer: { lang: Locale; text: string }[]
}

/** Relative to the digest's own time: written twice it reads the same both times. */
const tongue = (locale: Locale, { timeZone }: Site, at: Date): Tongue => ({
  locale,
  t: translator(locale),
  format: createFormat(locale, timeZone, () => at),
})

/** In each language; once where they say the same. */
const say = (tongues: Tongue[], words: (tongue: Tongue) => string): string => [...new Set(tongues.map(words))].join(' · ')

function describe(site: Site, mail: DigestedMail, tongues: Tongue[]): Row {
  const { id, verdict, from, subject, heldAt, expiresAt, tokens } = mail
  const name = from && plainWords(from.name)
  const address = from && plainWords(from.address)
  const helpdesk = needsHelpdesk(mail) ? [{ text: say(tongues, ({ t }) => t('helpdesk')), url: `${site.publicUrl}/received?id=${id}` }] : []
  const links = ACTIONS.flatMap((action) => {
    const token = tokens[action]
    return token ? [{ text: say(tongues, ({ t }) => t(action)), url: `${site.publicUrl}/link/${token}` }] : []
  })
  const fact = (label: 'from' | 'held' | 'why' | 'kept', value: (tongue: Tongue) => string) => ({
    label: say(tongues, ({ t }) => t(label)),
    value: say(tongues, value),
  })
  return {
    subject: plainWords(subject ?? '') || say(tongues, ({ t }) => t('noSubject')),
    facts: [
      fact('from', ({ t }) => (name ? `${name} <${address}>` : address || t('system'))),
      fact('held', ({ format }) => format.dayAndTime(heldAt)),
      fact('why', ({ t }) => t(`verdict.${verdict}`)),
      fact('kept', ({ format }) => format.day(expiresAt)),
    ],
    links: [...helpdesk, ...links],
  }
}

function asText(tongues: Tongue[], { intro, rows, after, footer }: Parts): string {
  const separator = tongues.length === 1 && tongues[0] ? tongues[0].t('separator') : ': '
  const label = say(tongues, ({ t }) => t('mailSubject'))
  const line = ({ text, url }: Linked) => `${text}${separator}${url}`
  const blocks = rows.map(({ subject, facts, links }, index) =>
    [
      `${index + 1}. ${label}${separator}${subject}`,
      ...facts.map(({ label, value }) => `   ${label}${separator}${value}`),
      ...links.map((link) => `   ${line(link)}`),
    ].join('\n'),
  )
  return `${[...intro.map(({ text }) => text), ...blocks, after.map(line).join('\n'), ...footer.map(({ text }) => text)].join('\n\n')}\n`
}

/** Tables and inline styles, as old clients want it; colours are the client's own, so that a dark one stays readable. */
function asHtml(locale: Locale | null, { intro, rows, after, footer }: Parts): string {
  const paragraph = (style: string) => (part: { lang: Locale; text: string }) =>
    `<p lang="${part.lang}" style="margin:0 0 12px;${style}">${escapeHtml(part.text)}</p>`
  const last = after.map(
    ({ text, url }) => `<p style="margin:0 0 8px"><a href="${escapeHtml(url)}" style="color:inherit">${escapeHtml(text)}</a></p>`,
  )
  return (
    `<!doctype html><html${locale ? ` lang="${locale}"` : ''}><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">' +
    '<meta name="supported-color-schemes" content="light dark"></head><body style="margin:0;padding:16px">' +
    `${TABLE} style="max-width:600px;font:15px/1.6 system-ui,sans-serif"><tr><td>` +
    intro.map(paragraph('')).join('') +
    `${TABLE}>${rows.map(rowAsHtml).join('')}</table>` +
    `<div style="padding:16px 0 8px">${last.join('')}</div>` +
    footer.map(paragraph('font-size:13px;opacity:0.75')).join('') +
    '</td></tr></table></body></html>'
  )
}

const TABLE = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'

function rowAsHtml({ subject, facts, links }: Row): string {
  const lines = facts.map(
    ({ label, value }) =>
      `<tr><td valign="top" style="padding:0 12px 0 0;opacity:0.75;white-space:nowrap">${escapeHtml(label)}</td>` +
      `<td valign="top" dir="auto" style="word-break:break-word">${escapeHtml(value)}</td></tr>`,
  )
  const buttons = links.map(
    ({ text, url }) =>
      `<a href="${escapeHtml(url)}" style="display:inline-block;margin:8px 8px 0 0;padding:4px 12px;border:1px solid;border-radius:6px;` +
      `color:inherit;text-decoration:none">${escapeHtml(text)}</a>`,
  )
  return (
    '<tr><td style="padding:16px 0;border-top:1px solid #999999">' +
    `<p dir="auto" style="margin:0 0 4px;font-size:16px;font-weight:bold;word-break:break-word">${escapeHtml(subject)}</p>` +
    `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="font-size:14px">${lines.join('')}</table>` +
    `<p style="margin:0">${buttons.join('')}</p></td></tr>`
  )
}
