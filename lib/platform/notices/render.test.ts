import { describe, expect, test } from 'vitest'
import { HELPDESK_ACTS, noticeParams } from './kinds.ts'
import { type NoticeEvent, renderNotice, type Site } from './render.ts'

const site: Site = {
  publicUrl: 'https://mail.yunling.example',
  timeZone: 'Asia/Shanghai',
  name: { 'zh-CN': '云岭大学邮件自助', en: 'Yunling mail' },
  hotline: { 'zh-CN': '校内6120', en: '6120 on campus' },
}
const at = new Date('2026-11-23T02:42:00Z')
const later = '2026-11-30T16:05:00Z'
const phone = '138****8000'
const hostile = '<img src=https://evil.example/x.png onerror=alert(1)> & {at} https://evil.example'

const events: NoticeEvent[] = [
  { kind: 'phone_bound', params: { phone } },
  { kind: 'phone_change_requested', params: { phone, effective: later, cancelToken: 'tok_EN-1' } },
  { kind: 'phone_change_cancelled', params: { phone } },
  { kind: 'app_password_created', params: { name: hostile, expires: later } },
  { kind: 'app_password_revoked', params: { names: [hostile, 'Foxmail'] } },
  { kind: 'app_password_revoked', params: { names: ['iPhone'] } },
  { kind: 'app_passwords_suspended', params: {} },
  { kind: 'app_password_expiring', params: { name: 'iPhone', expires: later, days: 7 } },
  { kind: 'app_password_expiring', params: { name: 'iPhone', expires: later, days: 1 } },
  { kind: 'password_changed', params: {} },
  { kind: 'password_reset', params: {} },
  { kind: 'password_expiring', params: { expires: later, days: 14 } },
  { kind: 'password_expiring', params: { expires: later, days: 1 } },
  { kind: 'account_unlocked', params: {} },
  { kind: 'recovery_codes_made', params: {} },
  ...HELPDESK_ACTS.map((operation) => ({
    kind: 'helpdesk_acted' as const,
    params: { operation, agent: '陈静', reason: hostile, ticket: 'ITS-2026-48213' },
  })),
  {
    kind: 'helpdesk_acted',
    params: { operation: 'helpdesk.unlock', agent: '陈静', reason: hostile, ticket: 'ITS-2026-48213', unsure: true },
  },
  { kind: 'request_decided', params: { kind: 'release', granted: true, words: hostile } },
  { kind: 'request_decided', params: { kind: 'recall', granted: false, words: 'Too late' } },
  { kind: 'request_decided', params: { kind: 'phone_unbinding', granted: false, words: 'Call again' } },
  { kind: 'request_decided', params: { kind: 'message', granted: true, words: 'Done' } },
  { kind: 'phone_unbound', params: { phone } },
  { kind: 'restore_done', params: { count: 1284, gone: 3 } },
  { kind: 'restore_done', params: { count: 101, gone: 0 } },
  { kind: 'restore_failed', params: { count: 12, left: 88 } },
  { kind: 'mass_deletion', params: { count: 1284, client: hostile, deleted: later, until: later } },
  { kind: 'mass_deletion', params: { count: 200, client: null, deleted: later, until: later } },
  { kind: 'mail_recalled', params: { sender: 'lin@yunling.example', sent: '2026-11-24T02:00:00Z' } },
  { kind: 'help_written', params: { reference: 'ph_abcdefgh23', topic: 'appPasswords' } },
  { kind: 'api_token_created', params: { name: hostile, expires: later } },
  ...([14, 1] as const).map((days) => ({
    kind: 'api_token_expiring' as const,
    params: { name: hostile, maker: 'sun.qiang@yunling.example', expires: later, days },
  })),
  ...(['created', 'events', 'on', 'off', 'secret', 'removed'] as const).map((how) => ({
    kind: 'webhook_changed' as const,
    params: { host: hostile, how, by: 'sun.qiang@yunling.example' },
  })),
  { kind: 'webhook_off', params: { host: hostile, reason: 'failing' } },
  { kind: 'webhook_off', params: { host: 'desk.example', reason: 'gone' } },
  { kind: 'new_sign_in', params: { device: hostile, ip: '10.1.2.3' } },
]
const render = (event: NoticeEvent, locale: 'zh-CN' | 'en' | null = null) =>
  renderNotice(site, { mailbox: 'lin@yunling.example', at, locale, event })

test('there is a sample of every kind', () => {
  expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(Object.keys(noticeParams)))
})

describe.each(events)('$kind', (event) => {
  const { subject, text, html } = render(event)

  test('T33 has one line of subject', () => {
    expect(subject).not.toMatch(/[\r\n\0]/)
  })

  test('T37 links to the portal alone and loads nothing', () => {
    const addresses = `${text} ${html}`.match(/https?:\/\/[^\s"<)]*/g) ?? []
    expect(addresses.length).toBeGreaterThan(0)
    for (const address of addresses) expect(new URL(address).origin).toBe(site.publicUrl)
    expect(html).not.toMatch(/<(img|link|script|iframe|object|svg)|\burl\(|\bsrc=["']/i)
  })

  test('T35 shows a name as text only', () => {
    expect(html.replace(/<(\/?(html|head|body|div|p|hr|a|meta)\b[^<>]*|!doctype html)>/g, '')).not.toMatch(/[<>]/)
  })

  test('fills every blank and keeps to the words of the product', () => {
    expect(`${subject} ${text}`.replaceAll('{at}', '')).not.toMatch(/[{}]|!|！|please|success|您|成功|undefined|Invalid Date/i)
  })
})

test('a time is the site’s, written as a sentence is', () => {
  const { text } = render({
    kind: 'phone_change_requested',
    params: { phone, effective: later, cancelToken: 't' },
  })
  expect(text).toContain('11月23日10:42，有人登录lin@yunling.example，把绑定手机换成了138****8000。12月1日00:05之前可以换回旧号码')
  expect(text).toContain('Until 1 December, 00:05 the old number can be put back')
})

test('the cancel link carries the token in its path', () => {
  const event: NoticeEvent = {
    kind: 'phone_change_requested',
    params: { phone, effective: later, cancelToken: 'a/b' },
  }
  expect(render(event).text).toContain('https://mail.yunling.example/link/a%2Fb')
})

test('both languages when the person’s is unknown, 中文 first; else only that one', () => {
  const event: NoticeEvent = { kind: 'phone_bound', params: { phone } }
  expect(render(event).subject).toBe('绑定了手机138****8000 · Phone 138****8000 is bound')
  expect(render(event).html).toMatch(/lang="zh-CN".*lang="en"/)
  expect(render(event, 'en').subject).toBe('Phone 138****8000 is bound')
  expect(render(event, 'en').text).not.toMatch(/\p{Script=Han}/u)
  expect(render(event, 'zh-CN').text).not.toContain('helpdesk')
})

test.each([
  ['phone_bound', { phone: '+8613800138000' }],
  ['app_password_expiring', { name: 'x', expires: later, days: 30 }],
  ['new_sign_in', { device: 'x', ip: '<svg>' }],
  ['phone_bound', { phone, secret: 'x' }],
] as const)('%s does not take %o', (kind, params) => {
  expect(noticeParams[kind].safeParse(params).success).toBe(false)
})
