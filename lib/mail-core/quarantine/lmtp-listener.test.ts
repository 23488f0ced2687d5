import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgedByRspamd, postfixHarness } from './testing/harness.ts'
import { type House, mail, newMailbox, newQueueId, openHouse } from './testing/house.ts'
import { LmtpClient } from './testing/lmtp-client.ts'
import { drain } from './testing/postfix-like.ts'

const STORED = expect.stringMatching(/^250 /)
const LATER = expect.stringMatching(/^451 4\.3\.0/)
const HEADER = 'X-Portal-Quarantine: verdict=spam; score=9.10; required=8.00; auth=fail\r\n'

describe('The LMTP listener', () => {
  let harness: Awaited<ReturnType<typeof postfixHarness>>
  let house: House
  const problems: string[] = []

  beforeAll(async () => {
    harness = await postfixHarness()
    house = await openHouse(harness, { onProblem: (error) => problems.push(String(error)) })
  })
  afterAll(async () => {
    await house.close()
    await harness.close()
  })

  const deliver = (raw: Uint8Array, { id = newQueueId(), mailbox = newMailbox() } = {}) =>
    house.client.deliver({ forward: { IDENT: id }, recipients: [mailbox] }, raw)

  const kept = async (raw: Buffer) => {
    const [id, mailbox] = [newQueueId(), newMailbox()]
    expect(await deliver(raw, { id, mailbox })).toEqual([STORED])
    return Buffer.from((await house.quarantine.raw(mailbox, id)) ?? [])
  }

  test.each([
    ['no boundary', 'Content-Type: multipart/mixed\r\n\r\ntext\r\n'],
    ['no header at all', '\r\ntext\r\n'],
    ['nothing', ''],
    ['a header without an end', 'Subject: x\r\n'],
    ['8-bit octets', Buffer.from([0xca, 0xb5, 0xff, 0x00, 0x80, 0x0d, 0x0a])],
    ['NUL in a header', 'Subject: a\u0000b\r\nFrom: \u0000 <a\u0000@b.example>\r\nMessage-ID: <\u0000>\r\n\r\n\u0000\r\n'],
    ['bare line feeds', 'Subject: x\n\nline\n.line\n\r\n'],
    ['bare carriage returns', 'Subject: x\r\n\r\none\rtwo\r.\rthree\r\n'],
    ['lines of 100 KB', `Subject: ${'x'.repeat(100_000)}\r\n\r\n${`${'y'.repeat(100_000)}\r\n`.repeat(3)}`],
    ['a header of 5 MB', `${`X-Filler: ${'z'.repeat(1_000)}\r\n`.repeat(5_000)}\r\nbody\r\n`],
    ['dots', '.\r\n..\r\n.a\r\n\r\n.\r\n..\r\n'],
    ['a fold where the header begins', ' folded\r\nSubject: x\r\n\r\ntext\r\n'],
    ['random octets', Buffer.concat([randomBytes(20_000), Buffer.from('\r\n')])],
  ])('keeps what it gets, octet for octet: %s', async (_, rest) => {
    const raw = Buffer.concat([Buffer.from(HEADER), Buffer.from(rest)])
    expect((await kept(raw)).equals(raw)).toBe(true)
  })

  test('takes the largest mail that Postfix takes, with the headers that were added to it, and gives it back', async () => {
    const raw = Buffer.alloc(52_428_798, `${'0123456789abcde'.repeat(4)}\r\n`)
    const whole = Buffer.concat([judgedByRspamd('spam', mail()), raw, Buffer.from('\r\n')])
    expect((await kept(whole)).equals(whole)).toBe(true)
  })

  test('F12 keeps large octets once, when several mails bring them at once', async () => {
    const raw = Buffer.concat([
      judgedByRspamd('spam', mail()),
      Buffer.alloc(2_000_000, `${'0123456789abcde'.repeat(4)}\r\n`),
      Buffer.from('\r\n'),
    ])
    const queue = Array.from({ length: 6 }, () => ({ id: newQueueId(), raw, recipients: [newMailbox()] }))
    const ids = queue.map(({ id }) => id)
    await Promise.all(
      Array.from({ length: 3 }, () =>
        drain(
          queue,
          async () => house.intake,
          () => {},
        ),
      ),
    )
    const [row] = await harness.sql`
      select count(*)::int as rows, count(distinct digest)::int as digests from quarantine where queue_id = any(${ids})`
    expect(row).toEqual({ rows: 6, digests: 1 })
  })

  test('refuses for good what is larger than it says it takes', async () => {
    const answers = await deliver(Buffer.concat([judgedByRspamd('spam', mail()), Buffer.alloc(52_428_800 + 2 ** 20, 'x')]))
    expect(answers).toEqual([expect.stringMatching(/^552 5\.3\.4/)])
    expect(await deliver(judgedByRspamd('spam', mail()))).toEqual([STORED])
  })

  test('stores nothing of a mail whose client leaves in the middle', async () => {
    const [id, mailbox] = [newQueueId(), newMailbox()]
    const client = await LmtpClient.connect(house.intake)
    for (const line of [`XFORWARD IDENT=${id}`, 'MAIL FROM:<>', `RCPT TO:<${mailbox}>`, 'DATA']) await client.command(line)
    client.write(`${HEADER}Subject: half\r\n\r\nhalf a mail\r\n`)
    const before = problems.length
    client.close()
    await house.client.command('NOOP')
    expect(await deliver(judgedByRspamd('spam', mail()))).toEqual([STORED])
    expect(await house.quarantine.find(mailbox, [id])).toEqual([])
    expect(problems).toHaveLength(before)
  })

  test.each(['', 'short', '3A7F2C1B9D', `${'b'.repeat(40)}z1`])(
    'leaves a mail without a long queue id to Postfix, and says what is missing: %j',
    async (ident) => {
      const mailbox = newMailbox()
      const forward = ident === '' ? undefined : { IDENT: ident }
      const answers = await house.client.deliver({ forward, recipients: [mailbox, newMailbox()] }, judgedByRspamd('spam', mail()))
      expect(answers).toEqual([LATER, LATER])
      expect(problems.at(-1)).toContain('enable_long_queue_ids = yes')
      expect(await house.quarantine.count(mailbox)).toBe(0)
    },
  )

  test('finds the queue id in Postfix’s own Received when the client’s odd name spoils XFORWARD', async () => {
    const [id, mailbox] = [newQueueId(), newMailbox()]
    expect(await house.client.command(`XFORWARD HELO=+9D+8E IDENT=${id}`)).toMatch(/^501 /)
    const received = `Received: from a.example (a.example [192.0.2.1])\r\n\tby mail.yunling.example (Postfix) with ESMTP id ${id}\r\n`
    const raw = judgedByRspamd('spam', Buffer.concat([Buffer.from(received), mail()]))
    expect(await house.client.deliver({ recipients: [mailbox] }, raw)).toEqual([STORED])
    expect(await house.quarantine.find(mailbox, [id])).toHaveLength(1)
  })

  test('takes no queue id over from the mail before', async () => {
    expect(await deliver(judgedByRspamd('spam', mail()))).toEqual([STORED])
    expect(await house.client.deliver({ recipients: [newMailbox()] }, judgedByRspamd('spam', mail()))).toEqual([LATER])
    await house.client.deliver({ forward: { IDENT: newQueueId() }, recipients: ['nobody'] }, mail())
    expect(await house.client.deliver({ recipients: [newMailbox()] }, judgedByRspamd('spam', mail()))).toEqual([LATER])
  })

  test.each([
    ['no header of the filter', ''],
    ['one below the sender’s', `Subject: x\r\n${HEADER}`],
    ['one below a trace of another server', `Received: a\r\nReceived: b\r\n${HEADER}`],
    ['one in the body', `Subject: x\r\n\r\n${HEADER}`],
    ['an unknown verdict', 'X-Portal-Quarantine: verdict=fine; auth=pass\r\n'],
    ['no verdict', 'X-Portal-Quarantine: yes\r\n'],
  ])('leaves a mail that nobody judged to Postfix: %s', async (_, header) => {
    expect(await deliver(Buffer.concat([Buffer.from(header), mail()]))).toEqual([LATER])
    expect(problems.at(-1)).toContain('X-Portal-Quarantine')
  })

  test('believes the first header of the filter, above everything that came from outside', async () => {
    const forged = 'X-Portal-Quarantine: verdict=none; score=0; required=8.00; auth=pass\r\n'
    for (const above of ['', 'X-Portal-Spam: yes\r\n', 'Received: from a.example\r\n\tby mail.yunling.example\r\n']) {
      const [id, mailbox] = [newQueueId(), newMailbox()]
      await deliver(Buffer.concat([Buffer.from(`${above}${HEADER}${forged}`), mail()]), { id, mailbox })
      expect(await house.quarantine.find(mailbox, [id]), above).toMatchObject([{ verdict: 'spam', score: 9.1, auth: 'fail' }])
    }
  })

  test('believes no line that the sender folds behind it', async () => {
    const [id, mailbox] = [newQueueId(), newMailbox()]
    await deliver(Buffer.concat([Buffer.from(`${HEADER}\t; verdict=none; score=0; auth=pass\r\n`), mail()]), { id, mailbox })
    expect(await house.quarantine.find(mailbox, [id])).toMatchObject([{ verdict: 'spam', score: 9.1, auth: 'fail', state: 'held' }])
  })

  test('T27 an allowed sender whose authentication failed is held', async () => {
    const [id, mailbox] = [newQueueId(), newMailbox()]
    await harness.sql`insert into sender_rules (mailbox, sender, verdict) values (${mailbox}, 'zhao@partner.example', 'allow')`
    await deliver(Buffer.concat([Buffer.from(HEADER), mail()]), { id, mailbox })
    expect(await house.quarantine.find(mailbox, [id])).toMatchObject([{ verdict: 'spam', state: 'held' }])
  })

  test.each(['STARTTLS', 'AUTH PLAIN AGEAYg==', 'XCLIENT ADDR=203.0.113.9', 'VRFY lin', 'WIZ', 'SHELL', 'EHLO x'])(
    'knows no %s',
    async (command) => {
      const client = await LmtpClient.connect(house.intake)
      expect(await client.command(command)).toMatch(/^50[02] /)
      client.close()
    },
  )

  test('T28 a client’s name that spans lines reaches no header and no command', async () => {
    const [id, mailbox] = [newQueueId(), newMailbox()]
    expect(await house.client.command('XFORWARD HELO=a+0D+0AIDENT+3Dx')).toMatch(/^501 /)
    expect(await deliver(judgedByRspamd('spam', mail()), { id, mailbox })).toEqual([STORED])
  })

  test('shares its port with other workers of the machine', async () => {
    const second = await harness.make({ listen: house.intake }).listen()
    expect(second.port).toBe(house.intake.port)
    await second.close()
    expect(await deliver(judgedByRspamd('spam', mail()))).toEqual([STORED])
  })

  test('closes without waiting for idle clients, and not before a mail that has begun is stored', async () => {
    const [id, mailbox] = [newQueueId(), newMailbox()]
    const intake = await harness.make().listen()
    const [idle, busy] = [await LmtpClient.connect(intake), await LmtpClient.connect(intake)]
    for (const line of [`XFORWARD IDENT=${id}`, 'MAIL FROM:<>', `RCPT TO:<${mailbox}>`, 'DATA']) await busy.command(line)
    const closed = intake.close()
    busy.write(Buffer.concat([judgedByRspamd('spam', mail()), Buffer.from('.\r\n')]))
    expect(await busy.reply()).toEqual(STORED)
    await closed
    await expect(idle.command('NOOP')).rejects.toThrow()
    await expect(LmtpClient.connect(intake)).rejects.toThrow()
    expect(await house.quarantine.find(mailbox, [id])).toHaveLength(1)
  })
})
