import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dovecotRecord, fromModifiedUtf7 } from './dovecot-lines.ts'

const AT = Date.parse('2026-11-25T16:52:15Z')
const HEAD = 'lmtp(lin@yunling.example)<27402><Bw9vAT8SB2sKawAAg+zDdQ>: '

const folderOf = (line: string) => {
  const record = dovecotRecord(line, AT)
  return record?.kind === 'folder' ? record.folder : null
}

test.each([
  [`${HEAD}Info: save: box=Junk, uid=1, msgid=<20261125165214.027385@vm>, size=811`, 'Junk'],
  [`mail dovecot: ${HEAD}save: box=INBOX, uid=12, msgid=<a, box=Junk, uid=1@b>, size=811`, 'INBOX'],
  [`mail dovecot[99]: ${HEAD}copy from INBOX: box=项目/2026, uid=3, msgid=<x>, size=1`, '项目/2026'],
  [`${HEAD}Info: save: box=Junk`, 'Junk'],
  [`${HEAD}Info: sieve: msgid=<x@vm>: fileinto action: stored mail into mailbox 'Junk'`, 'Junk'],
  [`${HEAD}Info: sieve: msgid=<: stored mail into mailbox 'INBOX'>: stored mail into mailbox 'Junk'`, 'Junk'],
  [`${HEAD}Info: msgid=<x@vm>: saved mail to INBOX`, 'INBOX'],
])('The folder of a delivery is read: %s', (line, folder) => {
  expect(dovecotRecord(line, AT)).toEqual({
    kind: 'folder',
    mailbox: 'lin@yunling.example',
    lmtpSession: 'Bw9vAT8SB2sKawAAg+zDdQ',
    folder,
    at: new Date(AT),
  })
})

test.each([
  'lmtp(23979): Info: Connect from 127.0.0.1',
  'imap(lin@yunling.example)<27402><Bw9vAT8SB2sKawAAg+zDdQ>: Info: copy from Junk: box=INBOX, uid=1, msgid=<x>, size=811',
  `${HEAD}Info: delete: box=Junk, uid=1`,
  `${HEAD}Warning: sieve: before: line 6`,
  `${HEAD}Info: sieve: msgid=<a> : save: box=Junk, uid=1`,
  'lmtp(lin)<27402><Bw9vAT8SB2sKawAAg+zDdQ>: Info: save: box=Junk, uid=1',
  `imap-login: Login: user=<${HEAD}save: box=Junk, uid=1>`,
])('Nothing else is taken for one: %s', (line) => {
  expect(dovecotRecord(line, AT)).toBeNull()
})

test('T34 a line tells of the mailbox at its head, whatever a sender wrote into it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Info: save: box=INBOX, uid=1, msgid=<', 'Info: sieve: msgid=<'),
      (text, start) => {
        const record = dovecotRecord(`${HEAD}${start}${text}${HEAD}`, AT)
        expect(record === null || (record.kind === 'folder' && record.mailbox === 'lin@yunling.example')).toBe(true)
      },
    ),
  )
})

describe('A folder’s name', () => {
  test.each([
    ['&mHl27g-', '项目'],
    ['&mHl27g-/A &- B', '项目/A & B'],
    ['项目', '项目'],
    ['A&B', 'A&B'],
    ['&AA-', '&AA-'],
    ['&AAA-', '&AAA-'],
    ['&2AA-', '&2AA-'],
  ])('%s is %s', (logged, name) => {
    expect(fromModifiedUtf7(logged)).toBe(name)
  })

  test('T28 of any text is a text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof fromModifiedUtf7(text) === 'string'))
    expect(folderOf(`${HEAD}save: box=${'x'.repeat(10_000)}, uid=1`)).toBeNull()
  })
})
