import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import { listDemoMessagesOperation } from '#lib/features/demo-phone/operations.ts'
import type { ActivityEntry } from '../activity-entry.ts'
import { networkName, type Words, whatHappened, whoDidIt, whyItWasDone } from './entry-words.ts'
import { LOCALES, type Locale } from './locale.ts'
import en from './messages/en/activity.json'
import zh from './messages/zh-CN/activity.json'

const words = (locale: Locale) =>
  createTranslator({ locale, namespace: 'activity', messages: { activity: locale === 'en' ? en : zh } }) as unknown as Words

const entry = (part: Partial<ActivityEntry>): ActivityEntry => ({
  id: 1,
  reference: 'ph_aaaaaaaaaa',
  at: new Date('2026-11-23T02:42:00Z'),
  operation: 'sso.list',
  actor: { kind: 'user', name: 'lin.yue@yunling.example', own: true },
  ip: null,
  network: null,
  browser: '',
  system: '',
  detail: {},
  outcome: 'done',
  code: null,
  ...part,
})

describe.each(LOCALES)('%s', (locale) => {
  const t = words(locale)

  test.each([...OPERATIONS, listDemoMessagesOperation].map(({ name }) => name))('%s has its sentence, done or not', (operation) => {
    const sentences = (['done', 'refused', 'failed', 'unknown'] as const).map((outcome) => whatHappened(t, entry({ operation, outcome })))
    for (const sentence of sentences) expect(sentence).not.toContain(operation)
    expect(new Set(sentences).size).toBe(2)
  })

  test('an operation that is not known is named', () => {
    expect(whatHappened(t, entry({ operation: 'quota.raise' }))).toContain('quota.raise')
  })
})

const chinese = words('zh-CN')
const english = words('en')

test('what was done is told with its names and its direction', () => {
  const told = (operation: string, detail: ActivityEntry['detail']) =>
    [chinese, english].map((t) => whatHappened(t, entry({ operation, detail })))
  expect(told('app-passwords.create', { name: '办公室Outlook' })).toEqual([
    '生成了授权密码“办公室Outlook”',
    'Generated the app password “办公室Outlook”',
  ])
  expect(told('app-passwords.revoke-all', { names: ['iPhone', '旧平板'] })).toEqual([
    '撤销了全部授权密码“iPhone”、“旧平板”',
    'Revoked all app passwords “iPhone”, “旧平板”',
  ])
  expect(told('app-passwords.switch', { on: false })).toEqual(['停用了授权密码', 'Suspended all app passwords'])
  expect(told('sender-lists.put', { names: ['a@x.example', '@y.example'], more: 3, verdict: 'block' })).toEqual([
    '屏蔽了“a@x.example”、“@y.example”等，另有3个',
    'Blocked “a@x.example”, “@y.example” and 3 more',
  ])
  expect(told('sender-lists.remove', { names: ['a@x.example'], more: 0 })).toEqual([
    '从黑白名单移出了“a@x.example”',
    'Took “a@x.example” off the allow and block lists',
  ])
  expect(told('sso.review', { mine: true })).toEqual(['确认一次登录是本人', 'Confirmed a sign-in as one’s own'])
})

test('who did it is told from where the owner stands', () => {
  const who = (actor: ActivityEntry['actor'], operation = 'sso.list') => whoDidIt(english, entry({ actor, operation }))
  const anonymous = { kind: 'anonymous', name: '', own: false } as const
  expect(who({ kind: 'staff', name: 'zhou.min@yunling.example', own: true })).toBe('You')
  expect(who({ kind: 'staff', name: 'zhou.min@yunling.example', own: false })).toBe('Helpdesk, zhou.min@yunling.example')
  expect(who(anonymous, 'sso.sign-in')).toBe('Whoever signed in')
  expect(who(anonymous, 'phone.cancel-change')).toBe('Holder of the link')
})

test('why staff did it is told with the ticket, and of nobody else', () => {
  const detail = { reason: '丢了手机', ticket: 'ITS-2026-48213' }
  const why = (actor: ActivityEntry['actor'], of: ActivityEntry['detail'] = detail) =>
    [chinese, english].map((t) => whyItWasDone(t, entry({ actor, detail: of })))
  const zhou = { kind: 'staff', name: 'zhou.min@yunling.example', own: false } as const
  expect(why(zhou)).toEqual(['事由：丢了手机；工单：ITS-2026-48213', 'Reason: 丢了手机. Ticket: ITS-2026-48213'])
  expect(why(zhou, { reason: '已核实' })).toEqual(['说明：已核实', 'In their words: 已核实'])
  expect(why(zhou, {})).toEqual([null, null])
  expect(why({ ...zhou, own: true })).toEqual([null, null])
  expect(why({ kind: 'user', name: 'lin@yunling.example', own: true })).toEqual([null, null])
})

test.each([
  ['校内|campus', '校内', 'campus'],
  ['总部', '总部', '总部'],
  ['182.150.3.0/24', null, null],
  ['2001:db8:1::/48', null, null],
  [null, null, null],
])('the network %j is called %j and %j', (network, ...names) => {
  expect(LOCALES.map((locale) => networkName(entry({ network }), locale))).toEqual(names)
})
