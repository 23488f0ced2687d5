import { describe, expect, test } from 'vitest'
import type { ReceivedDetail } from '#lib/features/received/schema.ts'
import { story } from './story.ts'

const at = (time: string) => new Date(`2026-11-23T${time}+08:00`)
const NOTHING = { release: false, request: false, delete: false, undelete: false, moveToInbox: false }

const mail = (part: Partial<ReceivedDetail>): ReceivedDetail => ({
  id: '4jDjjh1Tfmz10l6',
  arrivedAt: at('09:41:07'),
  from: { name: '学报编辑部', address: 'editor@ynwater-journal.example' },
  subject: '稿件YJ-2026-1187的修改意见',
  size: 1_300_000,
  outcome: 'delivered',
  folder: 'INBOX',
  reason: null,
  held: null,
  may: NOTHING,
  sender: 'editor@ynwater-journal.example',
  messageId: null,
  client: { ip: '203.0.113.24', name: null, helo: null, tls: 'TLSv1.3' },
  scan: null,
  events: [],
  ...part,
})

const scan: ReceivedDetail['scan'] = {
  at: at('09:41:08'),
  score: 9.1,
  required: 8,
  junk: 5,
  verdict: 'spam',
  auth: 'fail',
  symbols: [
    { name: 'R_SPF_FAIL', score: 4 },
    { name: 'R_DKIM_NA', score: 0 },
    { name: 'BAYES_SPAM', score: 5.1 },
  ],
  attachments: [{ name: '修改意见_1187.pdf', type: 'application/pdf', size: 1_258_291 }],
}

const held = (state: NonNullable<ReceivedDetail['held']>['state']): ReceivedDetail['held'] => ({
  verdict: 'spam',
  state,
  request: null,
  heldAt: at('09:41:09'),
  expiresAt: new Date('2026-12-23T09:41:09+08:00'),
})

const route = (part: Partial<ReceivedDetail>) => story(mail(part)).map(({ what, state }) => `${what} ${state}`)

test('A held mail is told from its arrival to the day it is deleted', () => {
  const stops = story(
    mail({
      outcome: 'held',
      held: held('held'),
      scan,
      events: [
        { at: at('09:41:06'), what: 'arrived' },
        { at: at('09:41:09'), what: 'held' },
      ],
    }),
  )
  expect(stops).toMatchObject([
    { what: 'arrived', at: at('09:41:06'), state: 'done', ip: '203.0.113.24', tls: 'TLS\u00a01.3' },
    { what: 'sender', at: at('09:41:08'), spf: 'fail', dkim: 'none', dmarc: null },
    { what: 'attachments', files: [{ name: '修改意见_1187.pdf' }], malware: false },
    { what: 'filter', score: 9.1, line: 'held', from: 8 },
    { what: 'held', state: 'hold' },
    { what: 'next', state: 'next', step: 'expires', at: new Date('2026-12-23T09:41:09+08:00') },
  ])
})

test('Without a scan it says less: when and from where it came, and where it went', () => {
  expect(route({ events: [{ at: at('09:41:09'), what: 'delivered', folder: 'INBOX' }] })).toEqual(['arrived done', 'delivered done'])
  expect(story(mail({ client: null }))).toEqual([{ what: 'arrived', at: at('09:41:07'), state: 'done', ip: null, tls: null }])
})

test('A connection without TLS is said to be open', () => {
  const client = { ip: '203.0.113.24', name: null, helo: null, tls: null }
  expect(story(mail({ client }))[0]).toMatchObject({ tls: 'none' })
})

test('A delivered mail is measured at the line of junk', () => {
  const [, , , filter] = story(mail({ scan }))
  expect(filter).toMatchObject({ what: 'filter', line: 'junk', from: 5 })
})

test('A scan that says nothing of the sender has no station for it', () => {
  const bare = { ...scan, symbols: [{ name: 'BAYES_SPAM', score: 9.1 }], attachments: [] }
  expect(route({ scan: bare })).toEqual(['arrived done', 'filter done'])
})

test('One valid signature counts, whatever the others are', () => {
  const both = {
    ...scan,
    symbols: [
      { name: 'R_DKIM_REJECT', score: 1 },
      { name: 'R_DKIM_ALLOW', score: -0.2 },
    ],
  }
  expect(story(mail({ scan: both }))[1]).toMatchObject({ what: 'sender', dkim: 'allow' })
})

test('Delivery that is put off again and again is told once, with its last time', () => {
  const put = (time: string, reason: 'unreachable' | 'mailbox_full') => ({ at: at(time), what: 'deferred' as const, reason })
  const events = [put('09:50:00', 'unreachable'), put('10:00:00', 'unreachable'), put('10:20:00', 'mailbox_full')]
  expect(story(mail({ outcome: 'waiting', events })).slice(1)).toMatchObject([
    { what: 'deferred', at: at('10:00:00'), times: 2, event: { reason: 'unreachable' } },
    { what: 'deferred', times: 1, event: { reason: 'mailbox_full' } },
    { what: 'next', step: 'retry', at: null },
  ])
})

describe('What waits for a decision is marked where it stands now', () => {
  const first = { at: at('09:41:09'), what: 'held' as const }
  test.each([
    ['requested', [first, { at: at('10:00:00'), what: 'requested' as const }], ['held done', 'requested hold', 'next next']],
    [
      'held',
      [first, { at: at('10:00:00'), what: 'deleted' as const }, { at: at('10:01:00'), what: 'undeleted' as const }],
      ['held done', 'deleted done', 'undeleted hold', 'next next'],
    ],
    ['releasing', [first, { at: at('10:00:00'), what: 'releasing' as const }], ['held done', 'releasing done', 'next next']],
    ['released', [first, { at: at('10:00:00'), what: 'delivered' as const }], ['held done', 'delivered done']],
    ['deleted', [first, { at: at('10:00:00'), what: 'deleted' as const }], ['held done', 'deleted done']],
  ] as const)('%s', (state, events, expected) => {
    expect(route({ outcome: 'held', held: held(state), events: [...events] }).slice(1)).toEqual(expected)
  })
})
