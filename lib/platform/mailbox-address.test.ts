import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MailboxAddress } from './mailbox-address.ts'

test.each([
  ['Lin.Yue@Yunling.Example', 'lin.yue@yunling.example'],
  ['ｌｉｎ@yunling.example', 'lin@yunling.example'],
  ["o'brien+lists@yunling.example", "o'brien+lists@yunling.example"],
])('T30 %s is %s', (typed, address) => {
  expect(MailboxAddress.parse(typed)).toBe(address)
})

test.each([
  '',
  'lin',
  '@yunling.example',
  'lin@',
  'lin@@yunling.example',
  'lin@yunling.example@evil.example',
  'lin yue@yunling.example',
  'lin@yunling.example\r\nBcc: a@b',
  'lin\u0000@yunling.example',
  '"lin"@yunling.example',
  'lin(comment)@yunling.example',
  'lin@[127.0.0.1]',
  'lin@-yunling.example',
  'lin@yunling.example.',
  'lín@yunling.example',
  'lіn@yunling.example',
  '林@yunling.example',
  'lin,wang@yunling.example',
  '<lin@yunling.example>',
  `${'x'.repeat(65)}@yunling.example`,
  `lin@${'x'.repeat(254)}`,
])('T30 %j is no mailbox of ours', (typed) => {
  expect(MailboxAddress.safeParse(typed).success).toBe(false)
})

test('T28 what is accepted is printable ASCII with one @, and accepted again as it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (typed) => {
      const parsed = MailboxAddress.safeParse(typed)
      if (!parsed.success) return
      expect(parsed.data).toMatch(/^[\x21-\x3f\x5b-\x7e]+@[a-z0-9.-]+$/)
      expect(MailboxAddress.parse(parsed.data)).toBe(parsed.data)
    }),
  )
})
