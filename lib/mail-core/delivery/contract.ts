import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueIdOf } from '../queue-id.ts'
import type { Delivery, Letter } from './port.ts'

export interface DeliveryHarness {
  delivery: Delivery
  /** The same adapter, where no server is. */
  unreachable: Delivery
  putMailbox(): Promise<string>
  /** A mailbox that has no room for a mail. */
  putFullMailbox(): Promise<string>
  /** What lies in the inbox, octet for octet. */
  inbox(mailbox: string): Promise<Buffer[]>
  close?(): Promise<void>
}

let serial = 0n
const newId = () => queueIdOf(Date.now() * 1_000, ++serial)

const letter = (mailbox: string, over: Partial<Letter> = {}): Letter => {
  const queueId = over.queueId ?? newId()
  return { releaseId: queueId, sender: 'zhao@partner.example', mailbox, queueId, raw: mail('Hello'), into: 'inbox', ...over }
}

const mail = (body: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`From: zhao@partner.example\r\nSubject: Report\r\nMessage-ID: <${randomUUID()}@partner.example>\r\n\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ])

/** What every delivery adapter keeps. */
export function describeDelivery(name: string, makeHarness: () => Promise<DeliveryHarness>): void {
  describe(`delivery: ${name}`, () => {
    let harness: DeliveryHarness
    beforeAll(async () => {
      harness = await makeHarness()
    })
    afterAll(() => harness.close?.())

    test.each([
      ['a plain mail', mail('Hello')],
      ['8-bit text in GB18030', mail(Buffer.from([0xca, 0xb5, 0xd1, 0xe9, 0xca, 0xd2]))],
      ['lines that are dots', mail('.\r\n..\r\n.hidden\r\n.')],
      ['empty lines at both ends', mail('\r\n\r\nText\r\n\r\n\r\n')],
      ['trailing blanks', mail('one  \r\ntwo\t\r\n')],
      ['long lines', mail('x'.repeat(20_000))],
      ['three megabytes', mail('0123456789abcdef\r\n'.repeat(170_000))],
    ])('The original arrives as the unchanged end of what is stored: %s', async (_, raw) => {
      const mailbox = await harness.putMailbox()
      await harness.delivery.deliver(letter(mailbox, { raw }))
      const [stored, ...others] = await harness.inbox(mailbox)
      expect(others).toEqual([])
      expect(stored?.subarray(stored.length - raw.length).equals(raw)).toBe(true)
    })

    test.each(['inbox', 'sorted', 'welcome'] as const)('Of several deliveries under one id, one arrives: %s', async (into) => {
      const mailbox = await harness.putMailbox()
      const once = letter(mailbox, { into })
      for (const next of [once, once, { ...once, into: 'inbox' as const }]) await harness.delivery.deliver(next)
      expect(await harness.inbox(mailbox)).toHaveLength(1)
    })

    test('F12 of ten deliveries under one id at once, one arrives', async () => {
      const mailbox = await harness.putMailbox()
      const once = letter(mailbox)
      await Promise.all(Array.from({ length: 10 }, () => harness.delivery.deliver(once)))
      expect(await harness.inbox(mailbox)).toHaveLength(1)
    })

    test('The same mail under two ids arrives twice, and in two mailboxes under one id', async () => {
      const [one, two] = [await harness.putMailbox(), await harness.putMailbox()]
      const first = letter(one)
      for (const next of [first, { ...first, releaseId: newId() }, { ...first, mailbox: two }]) await harness.delivery.deliver(next)
      expect(await harness.inbox(one)).toHaveLength(2)
      expect(await harness.inbox(two)).toHaveLength(1)
    })

    test('A full mailbox refuses, and says why', async () => {
      const mailbox = await harness.putFullMailbox()
      await expect(harness.delivery.deliver(letter(mailbox))).rejects.toMatchObject({
        name: 'MailCoreError',
        message: 'refused',
        code: 'refused',
        status: '5.2.2',
      })
      expect(await harness.inbox(mailbox)).toEqual([])
    })

    test.each(['', 'zhao@邮件.example', '赵敏@partner.example', '"a b"@partner.example', 'a,b@partner.example', 'a@b@c', '> SIZE=1 x'])(
      'T33 whatever the sender is called, the mail reaches its one recipient: %j',
      async (sender) => {
        const [mailbox, other] = [await harness.putMailbox(), await harness.putMailbox()]
        await harness.delivery.deliver(letter(mailbox, { sender }))
        expect(await harness.inbox(mailbox)).toHaveLength(1)
        expect(await harness.inbox(other)).toEqual([])
      },
    )

    test('It can be checked', async () => {
      await expect(harness.delivery.check()).resolves.toBeUndefined()
    })

    test('Without its server every method says so, and no more', async () => {
      const unreachable = { name: 'MailCoreError', message: 'unreachable', code: 'unreachable' }
      await expect(harness.unreachable.deliver(letter('lin@yunling.example'))).rejects.toMatchObject(unreachable)
      await expect(harness.unreachable.check()).rejects.toMatchObject(unreachable)
    })
  })
}
