import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { naughtyStrings } from '../naughty-strings.ts'
import type { SenderPattern, SenderRules, SenderVerdict } from './port.ts'

export interface SenderRulesHarness {
  senderRules: SenderRules
  /** The same adapter, where no server is. */
  unreachable: SenderRules
  /** What the portal does before it tells the filter: it saves the list. */
  save(mailbox: string, rules: ReadonlyMap<SenderPattern, SenderVerdict>): Promise<void>
  close?(): Promise<void>
}

/** What every sender-rules adapter keeps. */
export function describeSenderRules(name: string, makeHarness: () => Promise<SenderRulesHarness>): void {
  describe(`sender rules: ${name}`, () => {
    let harness: SenderRulesHarness

    beforeAll(async () => {
      harness = await makeHarness()
    })
    afterAll(() => harness.close?.())

    const newMailbox = () => `${randomUUID()}@yunling.example`
    const put = async (mailbox: string, rules: Record<SenderPattern, SenderVerdict>) => {
      const map = new Map(Object.entries(rules))
      await harness.save(mailbox, map)
      await harness.senderRules.replace(mailbox, map)
    }
    const verdictOf = (mailbox: string, sender: string) => harness.senderRules.verdictOf(mailbox, sender)

    test('Nobody has a rule at first', async () => {
      expect(await verdictOf(newMailbox(), 'zhao@elsewhere.example')).toBeNull()
    })

    test('The next question knows the new list, and nothing of the old', async () => {
      const mailbox = newMailbox()
      await put(mailbox, { 'zhao@elsewhere.example': 'block', 'qian@elsewhere.example': 'allow' })
      expect(await verdictOf(mailbox, 'zhao@elsewhere.example')).toBe('block')
      expect(await verdictOf(mailbox, 'qian@elsewhere.example')).toBe('allow')
      await put(mailbox, { 'zhao@elsewhere.example': 'allow' })
      expect(await verdictOf(mailbox, 'zhao@elsewhere.example')).toBe('allow')
      expect(await verdictOf(mailbox, 'qian@elsewhere.example')).toBeNull()
      await put(mailbox, {})
      expect(await verdictOf(mailbox, 'zhao@elsewhere.example')).toBeNull()
    })

    test('An address goes before its domain, and a domain does not hold its subdomains', async () => {
      const mailbox = newMailbox()
      await put(mailbox, { '@elsewhere.example': 'block', 'zhao@elsewhere.example': 'allow' })
      expect(await verdictOf(mailbox, 'zhao@elsewhere.example')).toBe('allow')
      expect(await verdictOf(mailbox, 'qian@elsewhere.example')).toBe('block')
      expect(await verdictOf(mailbox, '@elsewhere.example')).toBe('block')
      expect(await verdictOf(mailbox, 'zhao@lab.elsewhere.example')).toBeNull()
      expect(await verdictOf(mailbox, 'zhao@notelsewhere.example')).toBeNull()
    })

    test('T34 a list is its mailbox’s alone, whose address may come in capitals', async () => {
      const [mailbox, other] = [newMailbox(), newMailbox()]
      await put(mailbox, { 'zhao@elsewhere.example': 'block' })
      expect(await verdictOf(other, 'zhao@elsewhere.example')).toBeNull()
      expect(await verdictOf(mailbox.toUpperCase(), 'zhao@elsewhere.example')).toBe('block')
      await put(other, {})
      expect(await verdictOf(mailbox, 'zhao@elsewhere.example')).toBe('block')
    })

    test('Five hundred senders are told at once', async () => {
      const mailbox = newMailbox()
      await put(mailbox, Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`s${n}@elsewhere.example`, n % 2 ? 'allow' : 'block'])))
      expect(await verdictOf(mailbox, 's0@elsewhere.example')).toBe('block')
      expect(await verdictOf(mailbox, 's499@elsewhere.example')).toBe('allow')
    })

    test('Told twice at once, the list is one of the two', async () => {
      const mailbox = newMailbox()
      const lists = Array.from({ length: 20 }, (_, n) => new Map<string, SenderVerdict>([[`s${n}@elsewhere.example`, 'block']]))
      await harness.save(mailbox, lists[19] as Map<string, SenderVerdict>)
      await Promise.all(lists.map((list) => harness.senderRules.replace(mailbox, list)))
      const known = await Promise.all(lists.map((_, n) => verdictOf(mailbox, `s${n}@elsewhere.example`)))
      expect(known.filter((verdict) => verdict === 'block')).toHaveLength(1)
    })

    test('T28 a naughty string is nobody’s sender and nobody’s mailbox', async () => {
      const mailbox = newMailbox()
      await put(mailbox, { 'zhao@elsewhere.example': 'block', '@elsewhere.example': 'block' })
      for (const text of naughtyStrings()) {
        expect(await verdictOf(mailbox, text), text).toBeNull()
        expect(await verdictOf(text, 'zhao@elsewhere.example'), text).toBeNull()
      }
    })

    test('It can be checked', async () => {
      await expect(harness.senderRules.check()).resolves.toBeUndefined()
    })

    test('Without its server every method says so, and no more', async () => {
      const unreachable = { name: 'MailCoreError', message: 'unreachable', code: 'unreachable' }
      const mailbox = newMailbox()
      await expect(harness.unreachable.replace(mailbox, new Map([['zhao@elsewhere.example', 'block']]))).rejects.toMatchObject(unreachable)
      await expect(harness.unreachable.verdictOf(mailbox, 'zhao@elsewhere.example')).rejects.toMatchObject(unreachable)
      await expect(harness.unreachable.check()).rejects.toMatchObject(unreachable)
    })
  })
}
