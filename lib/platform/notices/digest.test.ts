import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { naughtyStrings } from '../testing/hostile.ts'
import { composeNotice } from './compose.ts'
import { type Digest, type DigestedMail, digestHeaders, renderDigest } from './digest.ts'
import type { Site } from './render.ts'

const site: Site = {
  publicUrl: 'https://mail.yunling.example',
  timeZone: 'Asia/Shanghai',
  name: { 'zh-CN': '云岭大学邮件自助', en: 'Yunling mail' },
  hotline: { 'zh-CN': '校内6120', en: '6120 on campus' },
}
const token = (letter: string) => letter.repeat(43)
const mail = (changes: Partial<DigestedMail> = {}): DigestedMail => ({
  id: '4jZPJs1Py8z2m4MLw3RP',
  verdict: 'spam',
  from: { name: 'Editors', address: 'editor@journal.example' },
  subject: 'Call for papers',
  heldAt: new Date('2026-11-23T02:42:00Z'),
  expiresAt: new Date('2026-12-23T02:42:00Z'),
  tokens: { release: token('r'), allow: token('a'), delete: token('d') },
  ...changes,
})
const digest = (changes: Partial<Digest> = {}): Digest => ({
  mailbox: 'lin@yunling.example',
  at: new Date('2026-11-24T00:00:00Z'),
  locale: 'en',
  mails: [mail()],
  more: 0,
  unsubscribe: token('u'),
  ...changes,
})
const compose = (of: Digest) =>
  composeNotice(
    {
      id: '5a4c3f0e-7d0b-4c3e-9a57-2f6f0f9b8c11',
      kind: 'digest',
      at: of.at,
      from: { name: site.name.en, address: 'no-reply@yunling.example' },
      to: of.mailbox,
      headers: digestHeaders(site, of.unsubscribe),
    },
    renderDigest(site, of),
  )

test('it says of each mail who, what, when, why and until when, and what can be done, in text and in HTML alike', () => {
  const { subject, text, html } = renderDigest(site, digest())
  expect(subject).toBe('1 message held back')
  expect(text.replaceAll('\u200b', '')).toContain(
    [
      '1. Subject: Call for papers',
      '   From: Editors <editor@journal.example>',
      '   Held: 23 November, 10:42',
      '   Why: Looks like spam',
      '   Kept until: 23 December',
      `   Release: https://mail.yunling.example/link/${token('r')}`,
      `   Release and allow sender: https://mail.yunling.example/link/${token('a')}`,
      `   Delete: https://mail.yunling.example/link/${token('d')}`,
    ].join('\n'),
  )
  for (const part of ['Call for papers', 'Looks like spam', '23 November, 10:42', '23 December', ...['r', 'a', 'd', 'u'].map(token)])
    expect(html).toContain(part)
  expect(html).toContain('<html lang="en">')
})

test('it speaks both languages where none is known, and lists each mail once', () => {
  const { subject, text, html } = renderDigest(site, digest({ locale: null, mails: [mail(), mail({ subject: '第二封' })], more: 7 }))
  expect(subject).toBe('9封来信没有进收件箱 · 9 messages held back')
  expect(text.split('Call for papers')).toHaveLength(2)
  expect(text).toContain('原因 · Why: 像垃圾邮件 · Looks like spam')
  expect(text).toContain('还有7封没有写在这里 · 7 more are not listed here')
  expect(html).toContain('<p lang="zh-CN"')
  expect(renderDigest(site, digest({ locale: 'zh-CN' })).text).toContain('   原因：像垃圾邮件\n')
})

test('T40 what only the helpdesk releases leads to the portal instead', () => {
  const { text } = renderDigest(site, digest({ mails: [mail({ verdict: 'malware', tokens: { delete: token('d') } })] }))
  expect(text).toContain('Ask the helpdesk to release it: https://mail.yunling.example/received?id=4jZPJs1Py8z2m4MLw3RP')
  expect(text).not.toMatch(/Release:/)
})

test('a message of a mail server, without subject, is named so', () => {
  const { text } = renderDigest(site, digest({ mails: [mail({ from: null, subject: null })] }))
  expect(text).toContain('Subject: No subject')
  expect(text).toContain('From: Mail system')
})

test('a mail client can sort it, and stop it with one click', async () => {
  const raw = await compose(digest())
  const { headers, messageId } = await PostalMime.parse(raw)
  const of = (name: string) => headers.filter(({ key }) => key === name).map(({ value }) => value)
  expect(of('list-id')).toEqual(['<held-mail.mail.yunling.example>'])
  expect(of('list-unsubscribe')).toEqual([`<https://mail.yunling.example/api/hooks/unsubscribe/${token('u')}>`])
  expect(of('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click'])
  expect(of('auto-submitted')).toEqual(['auto-generated'])
  expect(messageId).toBe('<digest.5a4c3f0e-7d0b-4c3e-9a57-2f6f0f9b8c11@yunling.example>')
  expect(raw.toString('latin1')).toContain(`<https://mail.yunling.example/api/hooks/unsubscribe/${token('u')}>\r\n`)
})

describe('what a stranger wrote', () => {
  const strings = [
    ...naughtyStrings(),
    '\u202egnp.exe\u2066 hidden \u2069',
    '<a href="https://evil.example">Release</a>',
    'Release: https://evil.example/link/x',
    'www.evil.example',
    '\ud800 lone \udfff',
    '\u{1f4b0}'.repeat(50),
    'x'.repeat(10_000),
    'a\u0000b\r\n   Release: https://evil.example\r\n\r\nSubject: forged',
    'שלום \u200f\u202b hello',
  ]
  const rendered = strings.map((text) => ({
    text,
    mail: renderDigest(site, digest({ mails: [mail({ subject: text, from: { name: text, address: text } })] })),
  }))
  const untouched = renderDigest(site, digest())

  test('T35 is only text in the HTML part: no tag, no attribute, no entity of its own', () => {
    const frame = (html: string) => html.match(/<[^>]*>/g)
    for (const { text, mail } of rendered) expect(frame(mail.html), JSON.stringify(text).slice(0, 80)).toEqual(frame(untouched.html))
  })

  test('T33 stays on its line in the text part, short, and makes no link', () => {
    for (const { text, mail } of rendered) {
      const lines = mail.text.split('\n')
      expect(lines.length, JSON.stringify(text).slice(0, 80)).toBe(untouched.text.split('\n').length)
      for (const part of [mail.text, mail.html, mail.subject]) {
        expect(part).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/)
        expect(part.isWellFormed()).toBe(true)
        expect(part.match(/https?:\/\/\S*/g)?.filter((url) => !url.startsWith(`${site.publicUrl}/`)) ?? []).toEqual([])
        expect(part).not.toContain('www.evil')
      }
      expect(mail.text.length).toBeLessThan(2_500)
    }
  })

  test('T33 adds no header and no recipient to the mail', async () => {
    const names = async (of: Digest) => (await PostalMime.parse(await compose(of))).headers.map(({ key }) => key)
    const expected = await names(digest())
    for (const text of strings.filter((_, n) => n % 5 === 0 || n > strings.length - 10))
      expect(await names(digest({ mails: [mail({ subject: text, from: { name: text, address: text } })] }))).toEqual(expected)
  })
})

test('T37 it loads nothing', () => {
  const { html } = renderDigest(site, digest({ locale: null, more: 3 }))
  expect(html).not.toMatch(/<(img|link|script|iframe|object|svg|style)|\burl\(|\bsrc=|\bbackground=/i)
})
