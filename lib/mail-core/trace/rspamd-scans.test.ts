import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanRecord } from './rspamd-scans.ts'

const FOUND = {
  queueId: '4jZQdb4j86zJ9B3',
  messageId: '20261125164955.023973@vm',
  from: 'zhao@elsewhere.example',
  fromName: '赵敏',
  subject: '实验室报告',
  size: 4_096,
  ip: '203.0.113.9',
  user: '',
  score: 6.2,
  required: 8,
  junk: 5,
  verdict: 'none',
  auth: 'pass',
  symbols: [{ name: 'R_SPF_ALLOW', score: -0.2 }],
  attachments: [{ name: 'report.pdf', type: 'application/pdf', size: 10_240 }],
  at: 1_795_625_395.25,
}
const record = (over: object = {}) => scanRecord(JSON.stringify({ ...FOUND, ...over }))

test('What the filter found becomes facts of the mail', () => {
  expect(record()).toEqual({
    kind: 'message',
    id: FOUND.queueId,
    facts: {
      messageId: '<20261125164955.023973@vm>',
      subject: '实验室报告',
      size: 4_096,
      login: undefined,
      from: { name: '赵敏', address: 'zhao@elsewhere.example' },
      client: { ip: '203.0.113.9' },
      scan: {
        at: new Date('2026-11-25T16:49:55.250Z'),
        score: 6.2,
        required: 8,
        junk: 5,
        verdict: 'none',
        auth: 'pass',
        symbols: FOUND.symbols,
        attachments: FOUND.attachments,
      },
    },
  })
})

test.each([undefined, null, '', 'undef'])('What the filter does not know is no fact: %j', (messageId) => {
  const facts = record({ messageId, subject: null, from: '', ip: '', symbols: {}, attachments: {} })
  expect(facts).toMatchObject({
    facts: { messageId: undefined, subject: undefined, from: undefined, client: undefined, scan: { symbols: [], attachments: [] } },
  })
})

test.each([
  ['no queue id', { queueId: '' }],
  ['a short queue id', { queueId: '3F2A41C0B7' }],
  ['an unknown verdict', { verdict: 'perhaps' }],
  ['no score', { score: 'many' }],
  ['no time', { at: -1 }],
])('A finding with %s is passed over', (_, over) => {
  expect(record(over)).toBeNull()
})

test('T28 hostile names lose their control characters, and lists and texts their excess', () => {
  const many = Array.from({ length: 1_000 }, () => ({ name: `a\u0000b\r\n${'x'.repeat(5_000)}`, type: 'x', size: 1 }))
  const found = record({ subject: `a\r\nBcc: x\u0000${'y'.repeat(5_000)}`, attachments: many })
  if (found?.kind !== 'message') throw new Error('no facts')
  expect(found.facts.subject).toMatch(/^a Bcc: x y{10,}$/)
  expect(found.facts.subject).toHaveLength(500)
  expect(found.facts.scan?.attachments).toHaveLength(50)
  expect(found.facts.scan?.attachments[0]?.name).toMatch(/^a b x{10,}$/)
  expect(JSON.stringify(found).length).toBeLessThan(20_000)
})

test('A long name of an attachment ends after 200 octets, with a whole character', () => {
  const found = record({ attachments: [{ name: '实'.repeat(300), type: 'x', size: 1 }] })
  if (found?.kind !== 'message') throw new Error('no facts')
  expect(found.facts.scan?.attachments[0]?.name).toBe('实'.repeat(66))
})

test('T28 any text in the stream is passed over or understood', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => scanRecord(text) === null))
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(FOUND)), fc.jsonValue(), (key, value) => {
      record({ [key]: value })
    }),
  )
})
