import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Delivery, Letter } from '../../delivery/port.ts'
import { MailCoreError } from '../../errors.ts'
import type { Quarantine } from '../port.ts'
import { type House, mail, newMailbox, newQueueId, openHouse, type QuarantineHarness } from './house.ts'

/** A delivery that breaks as it is told. `deaf`: the mail arrives, the answer does not. */
function unreliable(delivery: Delivery) {
  const gate = { open: Promise.resolve() }
  const state = {
    mode: 'ok' as 'ok' | 'down' | 'deaf',
    letters: [] as Letter[],
    gate,
    deliver: async (letter: Letter) => {
      state.letters.push(letter)
      await gate.open
      if (state.mode === 'down') throw new MailCoreError('unreachable')
      const delivered = await delivery.deliver(letter)
      if (state.mode === 'deaf') throw new MailCoreError('timeout')
      return delivered
    },
    check: delivery.check,
  }
  return state
}

/** What becomes of held mail, with every quarantine adapter. */
export function describeHeldMail(name: string, makeHarness: () => Promise<QuarantineHarness>): void {
  describe(`held mail: ${name}`, () => {
    let harness: QuarantineHarness
    let house: House
    let delivery: ReturnType<typeof unreliable>
    let quarantine: Quarantine
    let second: Quarantine

    beforeAll(async () => {
      harness = await makeHarness()
      delivery = unreliable(harness.delivery)
      house = await openHouse(harness, { delivery })
      quarantine = house.quarantine
      second = harness.make({ delivery })
    })
    afterAll(async () => {
      await house.close()
      await harness.close()
    })

    const heldMail = async (mailbox = newMailbox(), raw?: Buffer) => ({ mailbox, id: await house.hold(mailbox, raw) })
    const find = async (mailbox: string, id: string) => (await quarantine.find(mailbox, [id]))[0]
    const eventsOf = async (mailbox: string, id: string) => (await house.traced(mailbox, id))?.events.map(({ what }) => what) ?? []
    const unfinished = async () => (await quarantine.unfinishedReleases(1_000)).map(({ id }) => id)

    async function inMode<T>(mode: 'down' | 'deaf', work: () => Promise<T>): Promise<T> {
      delivery.mode = mode
      try {
        return await work()
      } finally {
        delivery.mode = 'ok'
      }
    }

    test('A released mail arrives as it was, and its story is told', async () => {
      const { mailbox, id } = await heldMail()
      const raw = Buffer.from((await quarantine.raw(mailbox, id)) ?? [])
      expect(await quarantine.startRelease(mailbox, [id])).toEqual([id])
      expect(await quarantine.release(mailbox, id)).toBe(true)
      expect((await house.inbox(mailbox)).map((row) => row.raw)).toEqual([raw])
      expect(await find(mailbox, id)).toMatchObject({ state: 'released', settledAt: expect.any(Date) })
      expect(await house.traced(mailbox, id)).toMatchObject({ outcome: 'released' })
      expect((await eventsOf(mailbox, id)).slice(-3)).toEqual(['held', 'releasing', 'delivered'])
    })

    test('F12 released ten times at once on two instances, one copy arrives', async () => {
      const { mailbox, id } = await heldMail()
      const started = await Promise.all(
        Array.from({ length: 10 }, (_, index) => (index % 2 ? second : quarantine).startRelease(mailbox, [id])),
      )
      expect(started.flat()).toEqual([id])
      const released = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? second : quarantine).release(mailbox, id)))
      expect(released.filter(Boolean)).toHaveLength(1)
      expect(await house.inbox(mailbox)).toHaveLength(1)
      expect((await eventsOf(mailbox, id)).filter((what) => what === 'delivered')).toHaveLength(1)
    })

    test('F7 without the delivery server a mail stays on its way, and one copy arrives after all', async () => {
      const { mailbox, id } = await heldMail()
      await inMode('down', async () => {
        await quarantine.startRelease(mailbox, [id])
        await expect(quarantine.release(mailbox, id)).rejects.toMatchObject({ code: 'unreachable' })
        // A double click.
        expect(await quarantine.startRelease(mailbox, [id])).toEqual([])
        expect(await quarantine.release(mailbox, id)).toBe(false)
        expect(await find(mailbox, id)).toMatchObject({ state: 'releasing', kept: true })
        expect(await house.traced(mailbox, id)).toMatchObject({ outcome: 'releasing' })
      })
      expect(await unfinished()).not.toContain(id)
      await house.later(id, '5 seconds')
      expect(await unfinished()).toContain(id)
      expect(await second.release(mailbox, id)).toBe(true)
      expect(await house.inbox(mailbox)).toHaveLength(1)
    })

    test('F7 when only the answer is lost, the second try leaves one copy', async () => {
      const { mailbox, id } = await heldMail()
      await quarantine.startRelease(mailbox, [id])
      await inMode('deaf', () => expect(quarantine.release(mailbox, id)).rejects.toMatchObject({ code: 'timeout' }))
      await house.later(id, '5 seconds')
      expect(await quarantine.release(mailbox, id)).toBe(true)
      expect(await house.inbox(mailbox)).toHaveLength(1)
    })

    test('Failure by failure the next try waits longer, up to a quarter of an hour', async () => {
      const { mailbox, id } = await heldMail()
      await quarantine.startRelease(mailbox, [id])
      const waits: number[] = []
      await inMode('down', async () => {
        for (let attempt = 0; attempt < 10; attempt++) {
          await quarantine.release(mailbox, id).catch(() => {})
          const [row] = await harness.sql`
            select round(extract(epoch from claimed_until - now())) as wait from quarantine where queue_id = ${id}`
          waits.push(Number(row?.wait))
          await house.later(id, '1 hour')
        }
      })
      expect(waits.slice(0, 3)).toEqual([5, 10, 20])
      expect(waits.at(-1)).toBe(900)
    })

    test('F3 whoever died while delivering has a minute; then another takes over, and one copy arrives', async () => {
      const { mailbox, id } = await heldMail()
      await quarantine.startRelease(mailbox, [id])
      const gate = Promise.withResolvers<void>()
      delivery.gate.open = gate.promise
      const first = quarantine.release(mailbox, id)
      await expect.poll(() => delivery.letters.at(-1)?.mailbox).toBe(mailbox)
      expect(await second.release(mailbox, id)).toBe(false)
      await house.later(id, '61 seconds')
      const takenOver = second.release(mailbox, id)
      await expect.poll(() => delivery.letters.filter((letter) => letter.mailbox === mailbox).length).toBe(2)
      gate.resolve()
      expect(await Promise.all([first, takenOver])).toEqual([true, true])
      expect(await house.inbox(mailbox)).toHaveLength(1)
      expect(new Set(delivery.letters.filter((letter) => letter.mailbox === mailbox).map(({ releaseId }) => releaseId)).size).toBe(1)
    })

    test('A full mailbox refuses: the mail is held again, and the person sees why', async () => {
      const { mailbox, id } = await heldMail()
      await harness.sql`insert into mailbox_quotas (address, limit_bytes) values (${mailbox}, 10)`
      await quarantine.startRelease(mailbox, [id])
      expect(await quarantine.release(mailbox, id)).toBe(false)
      expect(await find(mailbox, id)).toMatchObject({ state: 'held', kept: true })
      expect(await house.traced(mailbox, id)).toMatchObject({ outcome: 'held', reason: 'mailbox_full' })
      await harness.sql`delete from mailbox_quotas where address = ${mailbox}`
      await quarantine.startRelease(mailbox, [id])
      expect(await quarantine.release(mailbox, id)).toBe(true)
      expect(await house.traced(mailbox, id)).toMatchObject({ outcome: 'released' })
    })

    test('Deleted mail comes back within ten minutes, and not later', async () => {
      const [one, two] = [await heldMail(), await heldMail()]
      for (const { mailbox, id } of [one, two]) expect(await quarantine.remove(mailbox, [id])).toEqual([id])
      expect(await quarantine.startRelease(one.mailbox, [one.id])).toEqual([])
      await house.later(one.id, '9 minutes 50 seconds')
      await house.later(two.id, '10 minutes')
      await quarantine.tidy()
      expect(await quarantine.undoRemove(one.mailbox, [one.id])).toEqual([one.id])
      expect(await quarantine.undoRemove(two.mailbox, [two.id])).toEqual([])
      expect(await find(one.mailbox, one.id)).toMatchObject({ state: 'held', settledAt: null })
      expect((await eventsOf(one.mailbox, one.id)).slice(-2)).toEqual(['deleted', 'undeleted'])
      expect(await quarantine.raw(two.mailbox, two.id)).toBeNull()
      expect(await find(two.mailbox, two.id)).toMatchObject({ state: 'deleted', kept: false })
    })

    test('Octets go with the last who needs them', async () => {
      const raw = mail()
      const [one, two] = [await heldMail(newMailbox(), raw), await heldMail(newMailbox(), raw)]
      await quarantine.remove(one.mailbox, [one.id])
      await house.later(one.id, '10 minutes')
      await quarantine.tidy()
      expect(await quarantine.raw(one.mailbox, one.id)).toBeNull()
      expect(await quarantine.raw(two.mailbox, two.id)).not.toBeNull()
      const before = await harness.sql`select count(*)::int from quarantine_raw`
      await quarantine.startRelease(two.mailbox, [two.id])
      await quarantine.release(two.mailbox, two.id)
      await house.later(two.id, '1 day')
      await quarantine.tidy()
      expect(await quarantine.raw(two.mailbox, two.id)).toBeNull()
      expect(await harness.sql`select count(*)::int from quarantine_raw`).toEqual([{ count: before[0]?.count - 1 }])
    })

    test('F12 an intake and a tidying at once leave no mail without its octets', async () => {
      const raw = mail()
      for (let round = 0; round < 15; round++) {
        const [before, after] = [await heldMail(newMailbox(), raw), newMailbox()]
        await quarantine.remove(before.mailbox, [before.id])
        await house.later(before.id, '10 minutes')
        const [id] = await Promise.all([house.hold(after, raw), quarantine.tidy(), second.tidy()])
        const [stored] = await quarantine.find(after, [id])
        if (stored) expect(await quarantine.raw(after, id)).not.toBeNull()
        await quarantine.remove(after, [id])
        await house.later(id, '10 minutes')
      }
    })

    test('Mail expires when its days are over, and what is on its way does not', async () => {
      const [one, two] = [await heldMail(), await heldMail()]
      await inMode('down', async () => {
        await quarantine.startRelease(two.mailbox, [two.id])
        for (const { id } of [one, two]) await house.later(id, '30 days')
        await Promise.all([quarantine.tidy(), second.tidy()])
      })
      expect(await find(one.mailbox, one.id)).toMatchObject({ state: 'expired', kept: false })
      expect(await house.traced(one.mailbox, one.id)).toMatchObject({ outcome: 'expired' })
      expect((await eventsOf(one.mailbox, one.id)).filter((what) => what === 'expired')).toHaveLength(1)
      expect(await find(two.mailbox, two.id)).toMatchObject({ state: 'releasing', kept: true })
      expect(await quarantine.remove(one.mailbox, [one.id])).toEqual([])
    })

    test('What was settled is forgotten after its days, and what is open is not', async () => {
      const [one, two, open] = [await heldMail(), await heldMail(), await heldMail()]
      for (const { mailbox, id } of [one, two]) {
        await quarantine.remove(mailbox, [id])
        await house.later(id, '29 days')
      }
      await house.later(one.id, '1 day')
      await quarantine.tidy()
      expect(await find(one.mailbox, one.id)).toBeUndefined()
      expect(await find(two.mailbox, two.id)).toMatchObject({ state: 'deleted', kept: false })
      expect(await find(open.mailbox, open.id)).toMatchObject({ state: 'held', kept: true })
    })

    test('More than a batch is expired, erased and forgotten at once', async () => {
      const [mailboxes, id] = [Array.from({ length: 1_201 }, newMailbox), newQueueId()]
      await house.client.deliver({ forward: { IDENT: id }, recipients: mailboxes }, harness.judged('spam', mail()))
      const states = () => harness.sql`
        select state, digest is not null as kept, count(*)::int from quarantine where queue_id = ${id} group by 1, 2`
      await house.later(id, '30 days')
      await quarantine.tidy()
      expect(await states()).toEqual([{ state: 'expired', kept: false, count: 1_201 }])
      await house.later(id, '30 days')
      await quarantine.tidy()
      expect(await states()).toEqual([])
    })

    test('Octets that a crash left without a mail are erased', async () => {
      await harness.sql`insert into quarantine_raw values (sha256('left behind'))`
      await quarantine.tidy()
      expect(await harness.sql`select from quarantine_raw where digest = sha256('left behind')`).toHaveLength(0)
    })

    test('F12 of acts on the same mails at once, in any order, each waits for the other', async () => {
      const mailbox = newMailbox()
      const ids: string[] = []
      for (let index = 0; index < 60; index++) ids.push(await house.hold(mailbox))
      for (let round = 0; round < 5; round++) {
        const orders = Array.from({ length: 8 }, (_, turn) => (turn % 2 ? ids : ids.toReversed()))
        const removed = await Promise.all(orders.map((order, turn) => [quarantine, second][turn % 2]?.remove(mailbox, order)))
        expect(removed.flat().toSorted()).toEqual(ids.toSorted())
        const back = await Promise.all(orders.map((order) => quarantine.undoRemove(mailbox, order)))
        expect(back.flat().toSorted()).toEqual(ids.toSorted())
      }
    })

    test('A request is asked, refused, asked again and granted', async () => {
      const { mailbox, id } = await heldMail()
      expect(await quarantine.refuse(mailbox, [id])).toEqual([])
      expect(await quarantine.request(mailbox, [id], '课程需要这封邮件')).toEqual([id])
      expect(await quarantine.request(mailbox, [id], 'again')).toEqual([])
      expect(await find(mailbox, id)).toMatchObject({ state: 'requested', request: '课程需要这封邮件' })
      expect(await quarantine.refuse(mailbox, [id])).toEqual([id])
      expect(await quarantine.request(mailbox, [id], 'please')).toEqual([id])
      expect(await quarantine.count(mailbox)).toBe(1)
      expect(await quarantine.startRelease(mailbox, [id])).toEqual([id])
      expect(await quarantine.release(mailbox, id)).toBe(true)
      expect((await eventsOf(mailbox, id)).slice(-6)).toEqual(['held', 'requested', 'refused', 'requested', 'releasing', 'delivered'])
    })

    test('Of many mails at once, those that may change do', async () => {
      const mailbox = newMailbox()
      const ids = [await house.hold(mailbox), await house.hold(mailbox), await house.hold(mailbox)]
      await quarantine.remove(mailbox, ids.slice(0, 1))
      expect(new Set(await quarantine.startRelease(mailbox, ids))).toEqual(new Set(ids.slice(1)))
    })
  })
}
