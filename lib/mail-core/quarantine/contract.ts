import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MailCoreError } from '../errors.ts'
import type { Quarantine } from './port.ts'
import { describeHeldMail } from './testing/held-mail-contract.ts'
import { type House, mail, newMailbox, newQueueId, openHouse, type QuarantineHarness } from './testing/house.ts'
import { LmtpClient } from './testing/lmtp-client.ts'

const STORED = expect.stringMatching(/^250 /)

/** What every quarantine adapter keeps. */
export function describeQuarantine(name: string, makeHarness: () => Promise<QuarantineHarness>): void {
  describeHeldMail(name, makeHarness)

  describe(`quarantine: ${name}`, () => {
    let harness: QuarantineHarness
    let house: House
    let quarantine: Quarantine

    beforeAll(async () => {
      harness = await makeHarness()
      house = await openHouse(harness)
      quarantine = house.quarantine
    })
    afterAll(async () => {
      await house.close()
      await harness.close()
    })

    const stateOf = async (mailbox: string, id: string) => (await quarantine.find(mailbox, [id]))[0]?.state

    test('Spam is held, with what a list shows of it', async () => {
      const [mailbox, id] = [newMailbox(), newQueueId()]
      const raw = harness.judged('spam', mail())
      expect(await house.client.deliver({ forward: { IDENT: id }, recipients: [mailbox] }, raw)).toEqual([STORED])
      expect(await quarantine.open(mailbox, { limit: 5 })).toEqual([
        {
          id,
          mailbox,
          verdict: 'spam',
          score: expect.any(Number),
          auth: expect.stringMatching(/^(pass|fail|none)$/),
          state: 'held',
          request: null,
          sender: 'zhao@partner.example',
          from: 'zhao@partner.example',
          size: raw.length,
          heldAt: expect.any(Date),
          expiresAt: expect.any(Date),
          settledAt: null,
          kept: true,
        },
      ])
      expect(await quarantine.count(mailbox)).toBe(1)
      expect(Buffer.from((await quarantine.raw(mailbox, id)) ?? [])).toEqual(raw)
      expect(await house.traced(mailbox, id)).toMatchObject({ outcome: 'held' })
      expect(await house.inbox(mailbox)).toEqual([])
    })

    test('Mail that has nothing against it is handed on, once', async () => {
      const [mailbox, id] = [newMailbox(), newQueueId()]
      const raw = harness.judged('none', mail())
      for (let time = 0; time < 2; time++) await house.client.deliver({ forward: { IDENT: id }, recipients: [mailbox] }, raw)
      await expect.poll(() => stateOf(mailbox, id)).toBe('released')
      expect((await house.inbox(mailbox)).map((row) => row.raw.subarray(-raw.length))).toEqual([raw])
      expect(await house.traced(mailbox, id)).toMatchObject({ outcome: 'delivered' })
      expect(await quarantine.count(mailbox)).toBe(0)
    })

    test('A mail for many is kept once, and decided by each', async () => {
      const [mailboxes, id] = [Array.from({ length: 200 }, newMailbox), newQueueId()]
      const raw = harness.judged('spam', mail())
      const answers = await house.client.deliver({ forward: { IDENT: id }, recipients: mailboxes }, raw)
      expect(answers).toEqual(mailboxes.map(() => STORED))
      const [one = '', two = ''] = mailboxes
      await quarantine.remove(one, [id])
      expect([await stateOf(one, id), await stateOf(two, id)]).toEqual(['deleted', 'held'])
      const [row] = await harness.sql`
        select count(*)::int as rows, count(distinct digest)::int as digests from quarantine where queue_id = ${id}`
      expect(row).toEqual({ rows: 200, digests: 1 })
    })

    test('One person under several addresses holds it once, and every address gets its answer', async () => {
      const [mailbox, id] = [newMailbox(), newQueueId()]
      const recipients = [mailbox, mailbox.replace('@', '+list@'), mailbox.toUpperCase(), mailbox]
      const answers = await house.client.deliver({ forward: { IDENT: id }, recipients }, harness.judged('spam', mail()))
      expect(answers).toEqual([STORED, STORED, STORED, STORED])
      expect(await quarantine.count(mailbox)).toBe(1)
    })

    test('F3 a mail that comes again is answered again, and changes nothing', async () => {
      const [mailbox, id] = [newMailbox(), newQueueId()]
      await harness.sql`insert into sender_rules (mailbox, sender, verdict) values (${mailbox}, '@partner.example', 'block')`
      const raw = harness.judged('none', mail())
      const again = () => house.client.deliver({ forward: { IDENT: id }, recipients: [mailbox] }, raw)
      expect(await again()).toEqual([STORED])
      await quarantine.remove(mailbox, [id])
      expect(await again()).toEqual([STORED])
      expect(await stateOf(mailbox, id)).toBe('deleted')
      expect(await harness.sql`select hits from sender_rules where mailbox = ${mailbox}`).toEqual([{ hits: 1 }])
    })

    test('A blocked sender’s mail is held for those who block them, and reaches the others', async () => {
      const [blocking, other, id] = [newMailbox(), newMailbox(), newQueueId()]
      await harness.sql`insert into sender_rules (mailbox, sender, verdict) values (${blocking}, 'zhao@partner.example', 'block')`
      await house.client.deliver({ forward: { IDENT: id }, recipients: [blocking, other] }, harness.judged('none', mail()))
      expect(await quarantine.find(blocking, [id])).toMatchObject([{ verdict: 'blocked', state: 'held' }])
      expect((await house.traced(blocking, id))?.events).toContainEqual(expect.objectContaining({ what: 'held', rule: 'block' }))
      await expect.poll(() => stateOf(other, id)).toBe('released')
    })

    test('T27 an allowed sender’s spam is handed on, their malware and phishing are not', async () => {
      for (const verdict of harness.verdicts.filter((each) => each !== 'none')) {
        const [mailbox, id] = [newMailbox(), newQueueId()]
        await harness.sql`insert into sender_rules (mailbox, sender, verdict) values (${mailbox}, 'zhao@partner.example', 'allow')`
        await house.client.deliver({ forward: { IDENT: id }, recipients: [mailbox] }, harness.judged(verdict, mail()))
        await expect.poll(() => stateOf(mailbox, id), { message: verdict }).toBe(verdict === 'spam' ? 'released' : 'held')
      }
    })

    test('A rule for a domain of another script meets the envelope and the header', async () => {
      for (const [sender, from] of [
        ['li@邮件.example', 'x@partner.example'],
        ['', 'Li <li@邮件.example>'],
      ] as const) {
        const [mailbox, id] = [newMailbox(), newQueueId()]
        await harness.sql`insert into sender_rules (mailbox, sender, verdict) values (${mailbox}, '@xn--5nq051n.example', 'block')`
        await house.client.deliver({ forward: { IDENT: id }, sender, recipients: [mailbox] }, harness.judged('none', mail('Hello', from)))
        expect(await quarantine.find(mailbox, [id]), sender).toMatchObject([{ verdict: 'blocked' }])
      }
    })

    test.each([
      'lin',
      'a@b@yunling.example',
      'lin@yunling.example,wu@yunling.example',
      '"lin wu"@yunling.example',
      'lin\u0000@yunling.example',
      'lin@[127.0.0.1]',
    ])('T33 what is no address of a mailbox is refused for good, the other recipients are not: %j', async (address) => {
      const [mailbox, id] = [newMailbox(), newQueueId()]
      const answers = await house.client.deliver({ forward: { IDENT: id }, recipients: [address, mailbox] }, harness.judged('spam', mail()))
      expect(answers).toEqual([expect.stringMatching(/^5/), STORED])
      expect(await quarantine.find(mailbox, [id])).toHaveLength(1)
      expect(await harness.sql`select mailbox from quarantine where queue_id = ${id}`).toEqual([{ mailbox }])
    })

    test('T34 nobody finds, reads or changes what another holds', async () => {
      const [mailbox, other] = [newMailbox(), newMailbox()]
      const id = await house.hold(mailbox)
      expect(await quarantine.find(other, [id])).toEqual([])
      expect(await quarantine.raw(other, id)).toBeNull()
      expect(await quarantine.startRelease(other, [id])).toEqual([])
      expect(await quarantine.remove(other, [id])).toEqual([])
      expect(await quarantine.request(other, [id], 'mine')).toEqual([])
      expect(await quarantine.release(other, id)).toBe(false)
      expect(await stateOf(mailbox, id)).toBe('held')
    })

    test('T28 what is no id is not found', async () => {
      const mailbox = newMailbox()
      for (const id of ['', '\u0000', "' or 1=1 --", '../..', '4bXYZ']) {
        expect(await quarantine.find(mailbox, [id])).toEqual([])
        expect(await quarantine.raw(mailbox, id)).toBeNull()
        expect(await quarantine.startRelease(mailbox, [id])).toEqual([])
        expect(await quarantine.release(mailbox, id)).toBe(false)
      }
    })

    test('Lists begin with what expires first', async () => {
      const mailbox = newMailbox()
      const ids = [await house.hold(mailbox), await house.hold(mailbox), await house.hold(mailbox)]
      await house.later(ids[2] ?? '', '3 days')
      const found = await quarantine.open(mailbox, { limit: 2 })
      expect(found.map(({ id }) => id)).toEqual([ids[2], ids[0]])
      const soon = await quarantine.open(mailbox, { limit: 5, expiringBefore: new Date(Date.now() + 28 * 86_400_000) })
      expect(soon.map(({ id }) => id)).toEqual([ids[2]])
    })

    test('Of more than a thousand, a thousand are counted', async () => {
      const mailbox = newMailbox()
      await harness.sql`
        insert into quarantine (mailbox, queue_id, arrived_at, size, sender, verdict, state, passing, expires_at)
        select ${mailbox}, n::text, now(), 1, '', 'spam', 'held', false, now() + interval '1 day' from generate_series(1, 1001) n`
      expect(await quarantine.count(mailbox)).toBe(1_000)
      await harness.sql`delete from quarantine where mailbox = ${mailbox}`
    })

    test('An announcement tells of a mail, and no other one does', async () => {
      const mailbox = newMailbox()
      const ids = [await house.hold(mailbox), await house.hold(mailbox), await house.hold(mailbox)]
      const [first, second] = [randomUUID(), randomUUID()]
      const told = async (announcement: string, limit: number) =>
        (await quarantine.announce(mailbox, announcement, limit)).map(({ id }) => id)
      expect(await quarantine.mailboxesToTell({ after: '', limit: 1_000 })).toContain(mailbox)
      expect(await told(first, 2)).toEqual(ids.slice(0, 2))
      expect(await told(first, 2)).toEqual(ids.slice(0, 2))
      expect(await told(second, 2)).toEqual(ids.slice(2))
      expect(await told(randomUUID(), 2)).toEqual([])
      expect(await quarantine.mailboxesToTell({ after: '', limit: 1_000 })).not.toContain(mailbox)
      expect(await quarantine.mailboxesToTell({ after: mailbox, limit: 1 })).not.toContain(mailbox)
    })

    test('People who have something to be told of are found one after the other, each once', async () => {
      const mailboxes = Array.from({ length: 5 }, newMailbox).sort()
      for (const mailbox of [...mailboxes, ...mailboxes]) await house.hold(mailbox)
      const found: string[] = []
      for (let after = ''; ; after = found.at(-1) ?? '') {
        const page = await quarantine.mailboxesToTell({ after, limit: 2 })
        if (page.length === 0) break
        found.push(...page)
      }
      expect(new Set(found).size).toBe(found.length)
      expect(found.filter((mailbox) => mailboxes.includes(mailbox)).sort()).toEqual(mailboxes)
    })

    test('F12 of many announcements at once, each mail is told of by one', async () => {
      const mailbox = newMailbox()
      for (let index = 0; index < 5; index++) await house.hold(mailbox)
      const second = harness.make()
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) => [quarantine, second][index % 2]?.announce(mailbox, randomUUID(), 3) ?? []),
      )
      const ids = answers.flat().map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    })

    test('It can be checked', async () => {
      await expect(quarantine.check()).resolves.toBeUndefined()
    })

    test('Without its database every method says so, and no more', async () => {
      const { unreachable } = harness
      const [mailbox, id] = [newMailbox(), newQueueId()]
      const calls = [
        () => unreachable.find(mailbox, [id]),
        () => unreachable.open(mailbox, { limit: 1 }),
        () => unreachable.count(mailbox),
        () => unreachable.raw(mailbox, id),
        () => unreachable.startRelease(mailbox, [id]),
        () => unreachable.release(mailbox, id),
        () => unreachable.unfinishedReleases(1),
        () => unreachable.remove(mailbox, [id]),
        () => unreachable.announce(mailbox, randomUUID(), 1),
        () => unreachable.mailboxesToTell({ after: '', limit: 1 }),
        () => unreachable.tidy(),
        () => unreachable.check(),
      ]
      for (const call of calls) await expect(call()).rejects.toEqual(new MailCoreError('unreachable'))
    })

    test('F1 without its database a mail is not taken, and the client keeps it', async () => {
      const intake = await harness.unreachable.listen()
      const client = await LmtpClient.connect(intake)
      const answers = await client.deliver(
        { forward: { IDENT: newQueueId() }, recipients: [newMailbox(), newMailbox()] },
        harness.judged('spam', mail()),
      )
      expect(answers).toEqual([expect.stringMatching(/^451 4\.3\.0/), expect.stringMatching(/^451 4\.3\.0/)])
      client.close()
      await intake.close()
    })
  })
}
