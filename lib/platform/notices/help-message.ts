import { createTranslator } from 'next-intl'
import type { HelpFacts } from '#db/schema/help.ts'
import { createFormat } from '../i18n/format.ts'
import type { Locale } from '../i18n/locale.ts'
import { escapeHtml } from './escape-html.ts'
import { plainWords } from './plain-words.ts'
import type { RenderedNotice, Site } from './render.ts'

// Next compiles these files and Node reads them as they are; a static import with an attribute would skip the compiler.
const { default: en } = await import('../i18n/messages/en/help-mail.json', { with: { type: 'json' } })
const { default: zh } = await import('../i18n/messages/zh-CN/help-mail.json', { with: { type: 'json' } })

interface HelpMessage {
  reference: string
  mailbox: string
  name: string
  topic: string
  body: string
  facts: HelpFacts
  /** The language in which it was written, and in which it is answered. */
  locale: Locale
  createdAt: Date
}

/** The mail to the helpdesk: what the person wrote, and under it what they let go along. */
export function renderHelpMessage({ timeZone }: Site, message: HelpMessage): RenderedNotice {
  const { reference, mailbox, name, topic, body, facts, locale, createdAt } = message
  const t = createTranslator({ locale, messages: locale === 'en' ? en : zh })
  const format = createFormat(locale, timeZone, () => createdAt)
  const known = `topic.${topic}` as 'topic.other'
  const { about, page, browser, recent } = facts
  const lines: [label: string, value: string | undefined][] = [
    [t('number'), reference],
    [t('from'), `${plainWords(name)} <${mailbox}>`],
    [t('time'), format.dayAndTime(createdAt)],
    [t('about'), about],
    [t('page'), page],
    [t('browser'), browser],
    [t('recent'), recent?.join(t('list'))],
  ]
  const told = lines.flatMap(([label, value]) => (value ? [`${label}${t('separator')}${value}`] : []))
  return {
    subject: t('subject', { number: [reference, about].filter(Boolean).join(' '), topic: t(known) }),
    text: `${[body, '———', told.join('\n')].join('\n\n')}\n`,
    html:
      `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"></head>` +
      `<body style="font:16px/1.6 system-ui,sans-serif;max-width:40em"><p style="white-space:pre-wrap">${escapeHtml(body)}</p>` +
      `<hr><p>${told.map(escapeHtml).join('<br>')}</p></body></html>`,
  }
}
