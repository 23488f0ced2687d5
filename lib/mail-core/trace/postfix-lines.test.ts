import { describe, expect, test } from 'vitest'
import { lineReader } from './log-lines.ts'
import type { OpenSessions } from './open-sessions.ts'
import type { TraceRecord } from './record.ts'

const NOW = Date.parse('2026-11-25T18:00:00Z')
const ID = '4jZQdb4j86zJ9B3'
const at = new Date('2026-11-25T16:49:55Z')

const reader = lineReader('UTC')
const read = (text: string, sessions: OpenSessions = {}) => reader(text, sessions, NOW)
/** What a process of Postfix says. */
const said = (process: string, text: string, sessions?: OpenSessions) =>
  read(`Nov 25 16:49:55 mail postfix/${process}[23976]: ${text}`, sessions)
const about = (process: string, text: string, sessions?: OpenSessions) => said(process, `${ID}: ${text}`, sessions)
const recipients = (records: TraceRecord[]) => records.flatMap((record) => (record.kind === 'recipient' ? [record] : []))
const factsOf = (records: TraceRecord[]) =>
  Object.assign({}, ...records.flatMap((record) => (record.kind === 'message' ? [record.facts] : [])))

const delivery = (over: { to?: string; status?: string; dsn?: string; reply?: string; relay?: string } = {}) => {
  const { to = 'lin@yunling.example', status = 'sent', dsn = '2.0.0', reply = '250 2.0.0 Ok', relay = '127.0.0.1[127.0.0.1]:24' } = over
  return `to=<${to}>, relay=${relay}, delay=0.11, delays=0.08/0.01/0.02/0.01, dsn=${dsn}, status=${status} (${reply})`
}

describe('A mail', () => {
  test('has the sender and the size that the queue tells', () => {
    expect(about('qmgr', 'from=<zhao@elsewhere.example>, size=462, nrcpt=1 (queue active)')).toEqual([
      { kind: 'message', id: ID, facts: { sender: 'zhao@elsewhere.example', size: 462 } },
    ])
    expect(factsOf(about('qmgr', 'from=<>, size=4620, nrcpt=12 (queue active)'))).toEqual({ sender: '', size: 4620 })
  })

  test('has its Message-ID', () => {
    expect(factsOf(about('cleanup', 'message-id=<20261125164955.023973@vm>'))).toEqual({ messageId: '<20261125164955.023973@vm>' })
    for (const none of ['message-id=', 'message-id=<>']) expect(factsOf(about('cleanup', none))).toEqual({})
  })

  test('has its client, with the TLS version that the same process spoke of before', () => {
    const sessions = {}
    said('smtpd', 'connect from mx.elsewhere.example[203.0.113.9]', sessions)
    said(
      'smtpd',
      'Anonymous TLS connection established from mx.elsewhere.example[203.0.113.9]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519',
      sessions,
    )
    const client = 'client=mx.elsewhere.example[203.0.113.9]'
    expect(factsOf(about('smtpd', client, sessions)).client).toEqual({ ip: '203.0.113.9', name: 'mx.elsewhere.example', tls: 'TLSv1.3' })
    said('smtpd', 'disconnect from mx.elsewhere.example[203.0.113.9] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5', sessions)
    expect(factsOf(about('smtpd', client, sessions)).client.tls).toBeUndefined()
    expect(sessions).toEqual({})
  })

  test('has the login of one of our own people', () => {
    const records = about('submission/smtpd', 'client=unknown[2001:db8::7], sasl_method=PLAIN, sasl_username=lin@yunling.example')
    expect(factsOf(records)).toEqual({ client: { ip: '2001:db8::7', name: null }, login: 'lin@yunling.example' })
  })

  test.each([
    'client=mx[203.0.113.9], sasl_sender=a, sasl_username=victim@yunling.example',
    'client=mx[203.0.113.9], orig_client=x, sasl_username=victim@yunling.example',
    'client=mx[203.0.113.9], sasl_method=PLAIN, sasl_username=victim@yunling.example x',
  ])('T43 has no login but the one at its place: %s', (line) => {
    expect(factsOf(about('smtpd', line)).login).toBeUndefined()
  })

  test('T43 has the login of the session, whatever its client says of the sender', () => {
    const line =
      'client=mx[203.0.113.9], sasl_method=PLAIN, sasl_username=lin@yunling.example, sasl_sender=x, sasl_username=victim@yunling.example'
    expect(factsOf(about('submission/smtpd', line)).login).toBe('lin@yunling.example')
  })

  test('has the client that a server before us names (XFORWARD)', () => {
    const records = about(
      'smtpd',
      'client=localhost[127.0.0.1], orig_queue_id=4jZQdb4j86zJ9B3, orig_client=mx.elsewhere.example[203.0.113.9]',
    )
    expect(factsOf(records).client).toMatchObject({ ip: '203.0.113.9', name: 'mx.elsewhere.example' })
  })

  const END = 'from mx.elsewhere.example[203.0.113.9]; from=<zhao@elsewhere.example> to=<lin@yunling.example> proto=ESMTP helo=<mx>'

  test.each([
    ['Hello', 'Hello'],
    ['=?UTF-8?B?5a6e6aqM5a6k5oql5ZGK?=', '实验室报告'],
    ['=?UTF-8?B?5a6e6aqM?=? =?UTF-8?B?5a6k5oql5ZGK?=', '实验室报告'],
    ['=?UTF-8?B?5a6e6aqM?= =?UTF-8?B?5a6k5o', '实验…'],
    ['=?gb18030?Q?=C4=E3=BA=C3?=', '你好'],
    ['status=sent to=<wang@yunling.example>', 'status=sent to=<wang@yunling.example>'],
    [
      'from mx[198.51.100.1]; from=<a@b.example> to=<wang@yunling.example>',
      'from mx[198.51.100.1]; from=<a@b.example> to=<wang@yunling.example>',
    ],
  ])('has the subject %s', (logged, subject) => {
    expect(about('cleanup', `info: header Subject: ${logged} ${END}`)).toEqual([
      { kind: 'message', id: ID, facts: { subject, client: { helo: 'mx' } } },
    ])
  })

  test.each([
    ['=?UTF-8?B?5a6e6aqM5a6k?=?<lin@yunling.example>', { name: '实验室', address: 'lin@yunling.example' }],
    ['=?UTF-8?B?6LW15pWP?= <zhao@elsewhere.example>', { name: '赵敏', address: 'zhao@elsewhere.example' }],
    ['zhao@elsewhere.example', { name: '', address: 'zhao@elsewhere.example' }],
    ['"Zhao, Min" <zhao@elsewhere.example>', { name: 'Zhao, Min', address: 'zhao@elsewhere.example' }],
    ['Zhao <zhao@elsewh', undefined],
    ['=?UTF-8?Q?boss=40yunling.example?= <zhao@elsewhere.example>', { name: 'boss@yunling.example', address: 'zhao@elsewhere.example' }],
  ])('says to be from %s', (logged, from) => {
    const { from: found } = factsOf(about('cleanup', `info: header From: ${logged} ${END}`))
    expect(found?.address === 'zhao@elsewh' ? undefined : found).toEqual(from)
  })
})

describe('A delivery', () => {
  test('to Dovecot names its session', () => {
    const records = about(
      'lmtp',
      delivery({ to: 'Lin+shop@Yunling.example', reply: '250 2.0.0 <lin@yunling.example> RulxLbMRB2urXQAAg+zDdQ Saved' }),
    )
    expect(records).toEqual([
      {
        kind: 'recipient',
        id: ID,
        mailbox: 'lin@yunling.example',
        event: { at, what: 'delivered', status: '2.0.0' },
        outcome: 'delivered',
        writtenAs: 'Lin+shop@Yunling.example',
        lmtpSession: 'RulxLbMRB2urXQAAg+zDdQ',
      },
    ])
  })

  test('by an alias is that of the mailbox behind it', () => {
    const text = delivery().replace('>, relay', '>, orig_to=<postmaster@yunling.example>, relay')
    expect(recipients(about('lmtp', text))).toMatchObject([{ mailbox: 'lin@yunling.example' }])
  })

  test.each([
    [
      '4.2.2',
      'host 127.0.0.1[127.0.0.1] said: 452 4.2.2 <lin@yunling.example> Quota exceeded (mailbox for user is full) (in reply to end of DATA command)',
      'mailbox_full',
    ],
    ['4.4.1', 'connect to 127.0.0.1[127.0.0.1]:24: Connection refused', 'unreachable'],
    ['4.3.0', 'something is the matter', 'server_refused'],
    ['4.0.0', 'Host or domain name not found. Name service error', 'unreachable'],
  ])('that failed for now (%s) waits, and says why: %s', (dsn, reply, reason) => {
    expect(recipients(about('lmtp', delivery({ status: 'deferred', dsn, reply })))).toMatchObject([
      { outcome: 'waiting', reason, event: { what: 'deferred', status: dsn, reason } },
    ])
  })

  test.each([
    ['5.1.1', 'host mx[203.0.113.1] said: 550 5.1.1 <x@elsewhere.example> User unknown (in reply to RCPT TO command)', 'unknown_recipient'],
    ['5.7.1', 'host mx[203.0.113.1] said: 554 5.7.1 Message looks like spam', 'content_refused'],
    ['5.2.3', 'too long', 'too_large'],
    ['5.7.26', 'unauthenticated mail', 'sender_refused'],
    ['5.0.0', 'no', 'other'],
  ])('that failed for good (%s) is over, and says why: %s', (dsn, reply, reason) => {
    expect(recipients(about('smtp', delivery({ status: 'bounced', dsn, reply })))).toMatchObject([
      { outcome: 'failed', reason, event: { what: 'bounced' } },
    ])
  })

  test('to the quarantine is the quarantine’s to tell', () => {
    expect(about('quarantine/lmtp', delivery({ reply: '250 2.0.0 kept' }))).toEqual([])
    expect(
      recipients(
        about(
          'quarantine/lmtp',
          delivery({ status: 'deferred', dsn: '4.4.1', reply: 'connect to 127.0.0.1[127.0.0.1]:33109: Connection refused' }),
        ),
      ),
    ).toMatchObject([{ outcome: 'waiting', reason: 'quarantine_unavailable' }])
  })

  test('that took too long is over for all who wait', () => {
    expect(about('qmgr', 'from=<zhao@elsewhere.example>, status=expired, returned to sender')).toEqual([{ kind: 'expired', id: ID, at }])
  })
})

describe('A recipient', () => {
  const written = (line: string) => recipients(about('lmtp', line)).map(({ mailbox, writtenAs }) => [mailbox, writtenAs])

  test('is kept as its sender wrote it, where that was not the mailbox', () => {
    expect(written(delivery())).toEqual([['lin@yunling.example', undefined]])
    expect(written(delivery({ to: 'Lin+Shop@Yunling.example' }))).toEqual([['lin@yunling.example', 'Lin+Shop@Yunling.example']])
    const alias = delivery().replace(', relay=', ', orig_to=<all@yunling.example>, relay=')
    expect(written(alias)).toEqual([['lin@yunling.example', 'all@yunling.example']])
  })
})

describe('A refusal', () => {
  const refused = (text: string, to = 'nobody@yunling.example', helo = 'mx') =>
    `reject: RCPT from mx.elsewhere.example[203.0.113.9]: ${text}; from=<zhao@elsewhere.example> to=<${to}> proto=ESMTP helo=<${helo}>`

  test.each([
    ['550 5.1.1 <nobody@yunling.example>: Recipient address rejected: User unknown in virtual mailbox table', 'unknown_recipient', '5.1.1'],
    ['454 4.7.1 <nobody@yunling.example>: Relay access denied', 'relay_denied', '4.7.1'],
    ['553 5.7.1 <zhao@elsewhere.example>: Sender address rejected: not owned by user lin', 'sender_refused', '5.7.1'],
    ['552 5.3.4 Message size exceeds fixed limit', 'too_large', '5.3.4'],
  ])('at the door says why: %s', (text, reason, status) => {
    const [message, recipient] = said('smtpd', `NOQUEUE: ${refused(text)}`)
    expect(message).toMatchObject({
      facts: { sender: 'zhao@elsewhere.example', client: { ip: '203.0.113.9', name: 'mx.elsewhere.example', helo: 'mx' } },
    })
    expect(recipient).toMatchObject({
      mailbox: 'nobody@yunling.example',
      outcome: 'rejected',
      reason,
      event: { at, what: 'rejected', reason, status },
    })
  })

  test('without a queue id gets one that the line alone decides', () => {
    const [one, two] = ['zhou@yunling.example', 'nobody@yunling.example'].map((to) => `NOQUEUE: ${refused('550 5.1.1 no', to)}`) as [
      string,
      string,
    ]
    const idOf = (text: string) => (said('smtpd', text)[0] as { id: string }).id
    expect(idOf(one)).toBe(idOf(one))
    expect(idOf(one)).not.toBe(idOf(two))
  })

  test('of content is told from a filter that does not answer', () => {
    const end = '; from=<zhao@elsewhere.example> to=<lin@yunling.example> proto=ESMTP helo=<vm>'
    const by = (text: string) => recipients(about('cleanup', `milter-reject: END-OF-MESSAGE from localhost[127.0.0.1]: ${text}${end}`))
    expect(by('5.7.1 Gtube pattern')).toMatchObject([
      { id: ID, outcome: 'rejected', reason: 'content_refused', event: { status: '5.7.1' } },
    ])
    expect(by('4.7.1 Service unavailable - try again later')).toMatchObject([{ reason: 'filter_unavailable', event: { status: '4.7.1' } }])
    expect(recipients(about('cleanup', `reject: header Subject: buy now from mx[203.0.113.9]${end}: 5.7.1 not here`))).toMatchObject([
      { reason: 'content_refused', event: { status: '5.7.1' } },
    ])
  })

  test('before a recipient was named is nobody’s', () => {
    expect(
      recipients(
        said('smtpd', 'NOQUEUE: milter-reject: CONNECT from mx[203.0.113.9]: 451 4.7.1 Service unavailable - try again later; proto=SMTP'),
      ),
    ).toEqual([])
  })

  test.each([
    ['in the HELO', refused('550 5.1.1 no', 'zhou@yunling.example', 'a>; from=<x@y.example> to=<lin@yunling.example> proto=SMTP helo=<b')],
    ['in the HELO, without a sender', refused('550 5.1.1 no', 'zhou@yunling.example', 'a> to=<lin@yunling.example> proto=SMTP helo=<b')],
    [
      'in a quoted address',
      refused('550 5.1.1 <"; from=<x@y.example> to=<lin@yunling.example> proto=SMTP helo="@d.example>: no', '"x"@yunling.example'),
    ],
  ])('T34 with forged words %s gives the victim no row', (_, text) => {
    expect(recipients(said('smtpd', `NOQUEUE: ${text}`)).filter(({ mailbox }) => mailbox === 'lin@yunling.example')).toEqual([])
  })
})

test('Lines that tell nothing of a mail are passed over', () => {
  for (const line of [
    '',
    'Nov 25 16:49:55 mail kernel: to=<lin@yunling.example>',
    'no stamp postfix/lmtp[1]: x',
    'Nov 25 16:49:55 mail postfix/anvil[1]: statistics: max',
  ]) {
    expect(read(line), line).toEqual([])
  }
  expect(said('lmtp', `3F2A41C0B7: ${delivery()}`)).toEqual([])
  expect(about('lmtp', delivery({ to: 'root' }))).toEqual([])
  expect(about('smtp', delivery({ status: 'deliverable' }))).toEqual([])
})
