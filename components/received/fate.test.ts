import { expect, test } from 'vitest'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import { fateOf, knownFolder } from './fate.ts'

const mail = (outcome: ReceivedMail['outcome'], held?: Partial<NonNullable<ReceivedMail['held']>>) =>
  ({ outcome, held: held ? { state: 'held', verdict: 'spam', ...held } : null }) as ReceivedMail

test('What the quarantine says of a mail comes before what the trace has heard', () => {
  expect(fateOf(mail('held', { state: 'released' }))).toBe('released')
  expect(fateOf(mail('released', { state: 'releasing' }))).toBe('releasing')
})

test('A held mail is named by its verdict, until it is decided', () => {
  expect(fateOf(mail('held', { verdict: 'malware' }))).toBe('malware')
  expect(fateOf(mail('held', { verdict: 'malware', state: 'requested' }))).toBe('requested')
  expect(fateOf(mail('held', { verdict: 'none' }))).toBe('passing')
  expect(fateOf(mail('held', {}))).toBe('spam')
})

test('A mail that the quarantine does not know is what the trace says', () => {
  expect(fateOf(mail('junk'))).toBe('junk')
  expect(fateOf(mail('held'))).toBe('passing')
})

test('The folders that every mailbox has are known in either case; others keep their name', () => {
  expect([knownFolder('INBOX'), knownFolder('junk'), knownFolder('通知'), knownFolder('constructor')]).toEqual([
    'inbox',
    'junk',
    null,
    null,
  ])
})
