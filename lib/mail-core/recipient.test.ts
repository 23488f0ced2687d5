import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mailboxOf } from './recipient.ts'

test.each([
  ['Lin@Yunling.Example', 'lin@yunling.example'],
  ['lin+shop@yunling.example', 'lin@yunling.example'],
  ['lin+shop+more@yunling.example', 'lin@yunling.example'],
  // Postfix takes no mailbox without a name.
  ['+shop@yunling.example', '+shop@yunling.example'],
  ['lin@plus+domain.example', 'lin@plus+domain.example'],
  ['nobody', 'nobody'],
])('%s leads to %s', (recipient, mailbox) => {
  expect(mailboxOf(recipient)).toBe(mailbox)
})

test('A mailbox leads to itself', () => {
  fc.assert(fc.property(fc.emailAddress(), (address) => mailboxOf(mailboxOf(address)) === mailboxOf(address)))
})
