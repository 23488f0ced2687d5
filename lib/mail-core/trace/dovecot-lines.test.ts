import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dovecotRecord, fromModifiedUtf7 } from './dovecot-lines.ts'

const AT = Date.parse('2026-11-25T16:52:15Z')
const HEAD = 'lmtp(lin@yunling.example)<27402><Bw9vAT8SB2sKawAAg+zDdQ>: '

const folderOf = (line: string) => {
  const record = dovecotRecord(line, AT, {})
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
  expect(dovecotRecord(line, AT, {})).toEqual({
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
  expect(dovecotRecord(line, AT, {})).toBeNull()
})

test('T34 a line tells of the mailbox at its head, whatever a sender wrote into it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Info: save: box=INBOX, uid=1, msgid=<', 'Info: sieve: msgid=<'),
      (text, start) => {
        const record = dovecotRecord(`${HEAD}${start}${text}${HEAD}`, AT, {})
        expect(record === null || (record.kind === 'folder' && record.mailbox === 'lin@yunling.example')).toBe(true)
      },
    ),
  )
})

const SESSION = '5XFjVR9hPIZ/AAAB'
const INSIDE = `imap(lin@yunling.example)<24024><${SESSION}>: `
const door = (said: string, user = '') =>
  `imap-login: Info: ${said}: user=<${user}>, rip=203.0.113.9, lip=192.0.2.1, app=<>, TLS, session=<${SESSION}>`
const LOGIN = `imap-login: Info: Login: user=<lin@yunling.example>, method=PLAIN, rip=203.0.113.9, lip=192.0.2.1, app=<>, mpid=7, TLS, session=<${SESSION}>`
const session = { kind: 'session', mailbox: 'lin@yunling.example', session: SESSION, at: new Date(AT) }
const fields = 'uid=1, msgid=<x@b.example>, size=69, vsize=75'

describe('A session', () => {
  test('begins with a login, from an address', () => {
    expect(dovecotRecord(LOGIN, AT, {})).toEqual({ ...session, ip: '203.0.113.9', client: undefined })
    const pop3 = `mail dovecot[9]: pop3-login: Login: user=<lin@yunling.example>, method=PLAIN, rip=2001:db8::7, lip=::1, mpid=7, TLS, session=<${SESSION}>`
    expect(dovecotRecord(pop3, AT, {})).toMatchObject({ ip: '2001:db8::7' })
  })

  test('has the name that its client said before the login, once', () => {
    const open = {}
    expect(dovecotRecord(door('ID sent: name=Foxmail, version=7'), AT, open)).toBeNull()
    expect(dovecotRecord(LOGIN, AT, open)).toMatchObject({ client: 'Foxmail' })
    expect(open).toEqual({})
    expect(dovecotRecord(LOGIN, AT, open)).toMatchObject({ client: undefined })
  })

  test('forgets the name of a client that left without a login', () => {
    const open = {}
    dovecotRecord(door('ID sent: name=Foxmail'), AT, open)
    dovecotRecord(door('Disconnected: Too many invalid commands (no auth attempts in 1 secs)'), AT, open)
    expect(open).toEqual({})
  })

  test('remembers no more than some names of clients without a login', () => {
    const open = {}
    for (let index = 0; index < 2_100; index++)
      dovecotRecord(`imap-login: Info: ID sent: name=A: user=<>, rip=::1, session=<session-${index}>`, AT, open)
    expect(Object.keys(open)).toHaveLength(2_000)
  })

  test.each([
    ['ID sent: name=Mozilla Thunderbird, version=128.3', 'Thunderbird'],
    ['ID sent: version=9, name=iPhone Mail', 'iPhone Mail'],
    ['ID sent: name=Thunder, "bird", os=Linux', 'Thunder, "bird"'],
  ])('has the name that its client says behind the login: %s', (said, client) => {
    expect(dovecotRecord(`${INSIDE}Info: ${said}`, AT, {})).toEqual({ ...session, client })
  })

  test.each(['ID sent: name=NIL', 'ID sent: version=1', 'ID sent: NIL'])('has no name by %s', (said) => {
    expect(dovecotRecord(`${INSIDE}Info: ${said}`, AT, {})).toBeNull()
  })

  test('ends', () => {
    for (const said of ['Disconnected: Logged out in=123 out=750', 'Logged out in=1 out=2', 'Connection closed (IDLE running)'])
      expect(dovecotRecord(`${INSIDE}${said}`, AT, {})).toMatchObject({ kind: 'session end', session: SESSION })
  })

  test('T28 is nobody’s by what a client calls itself', () => {
    const victim = 'user=<wang@yunling.example>, method=PLAIN, rip=198.51.100.1, lip=::1, session=<VICTIMSESSION>'
    for (const name of [victim, `x: ${victim}`, `x imap-login: Info: Login: ${victim}`]) {
      const open = {}
      expect(dovecotRecord(door(`ID sent: name=${name}`), AT, open)).toBeNull()
      expect(Object.keys(open)).toEqual([`id ${SESSION}`])
      expect(dovecotRecord(`${INSIDE}Info: ID sent: name=${name}`, AT, {})).toMatchObject({
        mailbox: 'lin@yunling.example',
        session: SESSION,
      })
    }
  })
})

describe('A deletion', () => {
  test.each([
    ['imap', 'imap'],
    ['pop3', 'pop3'],
    ['doveadm', 'doveadm'],
    ['imap-urlauth', 'other'],
  ])('by %s is read from the copy that stays', (program, protocol) => {
    const line = `${program}(lin@yunling.example)<7><${SESSION}>: Info: copy from 项目/A, B: box=.EXPUNGED/&mHl27g-/A, B, ${fields}`
    expect(dovecotRecord(line, AT, {})).toEqual({
      ...{ kind: 'deletion', mailbox: 'lin@yunling.example', session: SESSION, at: new Date(AT), protocol },
      ...{ messageId: '<x@b.example>', size: 75, serial: 1 },
    })
  })

  test('T34 is of exactly the account that was logged in', () => {
    const line = `imap(Lin+other@yunling.example)<7><${SESSION}>: copy from INBOX: box=.EXPUNGED/INBOX, ${fields}`
    expect(dovecotRecord(line, AT, {})).toMatchObject({ mailbox: 'lin+other@yunling.example' })
    expect(dovecotRecord(LOGIN.replace('lin@', 'Lin+other@'), AT, {})).toMatchObject({ mailbox: 'lin+other@yunling.example' })
  })

  test('has the size that its server logs', () => {
    const sizeOf = (line: string) => {
      const record = dovecotRecord(`${INSIDE}copy from INBOX: box=.EXPUNGED/INBOX, ${line}`, AT, {})
      return record?.kind === 'deletion' ? record.size : null
    }
    expect(sizeOf('uid=1, msgid=, size=69')).toBe(69)
    expect(sizeOf('uid=1, msgid=, vsize=75')).toBe(75)
    expect(sizeOf('uid=1, msgid=<a, size=1, vsize=2>, size=69, vsize=75')).toBe(75)
  })

  test.each([
    ['a mark', `delete: box=INBOX, ${fields}`],
    ['a move to another folder', `copy from INBOX: box=Trash, ${fields}`],
    ['the other half of a move', `expunge: box=INBOX, ${fields}`],
    ['a restore', `copy from .EXPUNGED/INBOX: box=INBOX, ${fields}`],
    ['the end of what was kept', `expunge: box=.EXPUNGED/INBOX, ${fields}`],
    ['a Message-ID in a move', 'copy from INBOX: box=Trash, uid=1, msgid=<: box=.EXPUNGED/INBOX, uid=1, msgid=<y>, size=1>, size=1'],
    ['a folder’s name', `Mailbox created: copy from A: box=.EXPUNGED/A, ${fields}`],
  ])('is not what tells of %s', (_, said) => {
    expect(dovecotRecord(`${INSIDE}Info: ${said}`, AT, {})).toBeNull()
  })

  test('T34 is of the mailbox at the head of its line, whatever a sender wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('INBOX: box=.EXPUNGED/INBOX', 'INBOX: box=Trash'), (text, from) => {
        const record = dovecotRecord(`${INSIDE}copy from ${from}, uid=1, msgid=<${text}${INSIDE}, size=1, vsize=2`, AT, {})
        const told = record?.kind === 'deletion' ? record : null
        expect(told && [told.mailbox, told.session]).toEqual(from.includes('EXPUNGED') && told ? ['lin@yunling.example', SESSION] : null)
      }),
    )
  })
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
