import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineReader } from './log-lines.ts'

const ID = '4jZQdb4j86zJ9B3'

const reader = lineReader('UTC')
const read = (text: string) => reader(text, {}, Date.parse('2026-11-25T18:00:00Z'))
const recipientsOf = (text: string) => read(text).flatMap((record) => (record.kind === 'recipient' ? [record.mailbox] : []))

const delivery = (to: string, reply = '250 2.0.0 Ok') =>
  `to=<${to}>, relay=127.0.0.1[127.0.0.1]:24, delay=0.11, delays=0.08/0.01/0.02/0.01, dsn=2.0.0, status=sent (${reply})`

const VICTIM = 'victim@yunling.example'
const FORGED = `; from=<a@b.example> to=<${VICTIM}> proto=SMTP`
const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        VICTIM,
        `to=<${VICTIM}>`,
        FORGED,
        `a>${FORGED} helo=<b`,
        `no${FORGED}: `,
        `${delivery(VICTIM)}`,
        `${VICTIM}>, relay=none`,
        `<${VICTIM}>`,
      ),
      fc.constantFrom(
        `"@x.example>, ${delivery(VICTIM).slice(1)}`,
        `a> to=<${VICTIM}> proto=SMTP helo=<b`,
        '"',
        '\\',
        '\0',
        ' ',
        '<',
        '>',
        '; ',
        ', ',
      ),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join('').replaceAll('\n', '?'))

const refusal = ({ said = 'no', from = 'zhao@elsewhere.example', helo = 'mx' }) =>
  `smtpd[1]: NOQUEUE: reject: RCPT from mx[203.0.113.9]: 550 5.1.1 <${said}>: ${said}; from=<${from}> to=<lin@yunling.example> proto=ESMTP helo=<${helo}>`

/** Lines for one recipient, and what a client can write into them. */
const LINES: Record<string, (text: string) => string> = {
  'a quoted recipient': (text) => `lmtp[1]: ${ID}: ${delivery(`"${text.replace(/[\\"]/g, '\\$&')}"@yunling.example`)}`,
  'the answer of a server': (text) => `smtp[1]: ${ID}: ${delivery('lin@yunling.example', text)}`,
  'a Message-ID': (text) => `cleanup[1]: ${ID}: message-id=${text}`,
  'a subject': (text) =>
    `cleanup[1]: ${ID}: info: header Subject: ${text} from mx[203.0.113.9]; from=<a@b.example> to=<lin@yunling.example> proto=ESMTP helo=<mx>`,
  'a header that is refused': (text) =>
    `cleanup[1]: ${ID}: reject: header Subject: ${text} from mx[203.0.113.9]; from=<a@b.example> to=<lin@yunling.example> proto=ESMTP helo=<mx>: 5.7.1 no`,
  'a sender': (text) => `qmgr[1]: ${ID}: from=<${text}>, size=1, nrcpt=1 (queue active)`,
  'a login': (text) => `smtpd[1]: ${ID}: client=mx[203.0.113.9], sasl_method=PLAIN, sasl_username=${text}`,
  'what is said of a refusal': (said) => refusal({ said }),
  'the sender of a refusal': (from) => refusal({ from }),
  'the HELO of a refusal': (helo) => refusal({ helo }),
}

test.each(Object.entries(LINES))('T34 %s never makes a row of somebody else’s mailbox', (_, line) => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(['lin@yunling.example']).toEqual(expect.arrayContaining(recipientsOf(`Nov 25 16:49:55 mail postfix/${line(text)}`)))
    }),
    { numRuns: 300 },
  )
})

test('T28 no line makes the reader throw', () => {
  const pieces = fc.constantFrom(
    ...['Nov 25 16:49:55 ', 'mail postfix/lmtp[1]: ', `${ID}: `, 'to=<', '@yunling.example', 'NOQUEUE: ', 'reject: ', '\ufffd'],
  )
  fc.assert(fc.property(fc.array(fc.oneof(pieces, hostileText), { maxLength: 12 }), (parts) => Array.isArray(read(parts.join('')))))
})

test('T28 a line without end is passed over', () => {
  expect(read(`Nov 25 16:49:55 mail postfix/cleanup[1]: ${ID}: info: header Subject: ${'a '.repeat(500_000)}`)).toEqual([])
})
