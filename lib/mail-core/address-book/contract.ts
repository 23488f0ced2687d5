import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AddressBook, Contact, ContactCard, ContactChange } from './port.ts'
import { card, FULL } from './testing/cards.ts'
import { describeGroups } from './testing/groups-contract.ts'

export interface AddressBookHarness {
  addressBook: AddressBook
  /** The same adapter, where no server is. */
  unreachable: AddressBook
  close?(): Promise<void>
}

/** What every address book keeps. */
export function describeAddressBook(name: string, makeHarness: () => Promise<AddressBookHarness>): void {
  describe(`address book: ${name}`, () => {
    let harness: AddressBookHarness
    let book: AddressBook

    beforeAll(async () => {
      harness = await makeHarness()
      book = harness.addressBook
    })
    afterAll(() => harness.close?.())

    describeGroups(() => book)

    const newMailbox = () => `${randomUUID()}@yunling.example`
    const create = (one: ContactCard, id: string = randomUUID()): ContactChange => ({ kind: 'create', id, card: one })
    const add = async (mailbox: string, ...cards: ContactCard[]): Promise<Contact[]> => {
      const changes = cards.map((one) => create(one))
      await book.apply(mailbox, changes)
      return Promise.all(changes.map(async ({ id }) => (await book.read(mailbox, id)) as Contact))
    }
    const namesOf = async (mailbox: string, query: Parameters<AddressBook['count']>[1] = {}) => {
      const { contacts } = await book.list(mailbox, { ...query, limit: 100 })
      expect(await book.count(mailbox, query)).toBe(contacts.length)
      return contacts.map((contact) => contact.name)
    }

    test('Nobody knows anybody at first', async () => {
      const mailbox = newMailbox()
      expect(await book.list(mailbox, { limit: 10 })).toEqual({ contacts: [], next: null })
      expect(await book.count(mailbox, {})).toBe(0)
      expect(await book.groups(mailbox)).toEqual([])
      expect(await book.read(mailbox, randomUUID())).toBeNull()
    })

    test('What is written is read again, all of it', async () => {
      const mailbox = newMailbox()
      const [full] = await add(mailbox, FULL, card('Zhao'))
      expect(full).toEqual({ ...FULL, id: full?.id, version: full?.version })
      expect((await book.list(mailbox, { limit: 10 })).contacts[0]).toEqual(full)
      for await (const batch of book.all(mailbox, { text: '林' })) expect(batch).toEqual([full])
    })

    test('They come by pinyin and alphabet, page by page, each once', async () => {
      const mailbox = newMailbox()
      const names = ['Ánna', '曾国', '陈', 'bob', '张伟', '章', '12', 'Zoe', '林', 'ｌin', '林', '林']
      await add(mailbox, ...names.map((one) => card(one)))
      const seen: string[] = []
      const ids = new Set<string>()
      for (let after: string | undefined; ; ) {
        const page = await book.list(mailbox, { limit: 5, after })
        for (const contact of page.contacts) ids.add(contact.id)
        seen.push(...page.contacts.map((contact) => contact.name))
        if (page.next === null) break
        after = page.next
      }
      expect(seen).toEqual(['12', 'Ánna', 'bob', '陈', 'ｌin', '林', '林', '林', '曾国', '章', '张伟', 'Zoe'])
      expect(ids.size).toBe(names.length)
      const all: Contact[] = []
      for await (const batch of book.all(mailbox, {})) all.push(...batch)
      expect(all.map((contact) => contact.name)).toEqual(seen)
      await expect(book.list(mailbox, { limit: 5, after: 'nowhere' })).rejects.toMatchObject({ name: 'MailCoreError', code: 'refused' })
    })

    test.each([
      ['晓彤', 'part of a name'],
      ['linxiaotong', 'the pinyin of a name'],
      ['lin xiao', 'parts of it'],
      ['lxt', 'its initials'],
      ['ＬＸＴ', 'in wide capitals'],
      ['xiaotong.lin@ELSE', 'an address'],
      ['13800138000', 'a phone'],
      ['138-0013', 'part of a phone as another writes it'],
      ['云岭', 'the organisation'],
      ['yldx', 'its initials'],
      ['tushuguan', 'the department by pinyin'],
      ['小彤', 'the nickname'],
      ['lin yunling', 'two things at once'],
    ])('“%s” finds by %s', async (text) => {
      const mailbox = newMailbox()
      await add(mailbox, FULL, card('Zhao', { emails: [{ kind: 'work', address: 'zhao@elsewhere.example' }] }))
      expect(await namesOf(mailbox, { text })).toEqual(['林晓彤'])
    })

    test.each(['%', '_', '\\', 'lin nobody', '图书馆员', '139'])('“%s” finds nothing', async (text) => {
      const mailbox = newMailbox()
      await add(mailbox, FULL)
      expect(await namesOf(mailbox, { text })).toEqual([])
    })

    test('What differs in case, width and accents is found: ü as v and as u, a surname by its own reading', async () => {
      const mailbox = newMailbox()
      await add(mailbox, card('吕 Émile'), card('曾解'), card('100%_\\'))
      for (const text of ['lvemile', 'luemile', 'EMILE', 'éMi']) expect(await namesOf(mailbox, { text })).toEqual(['吕 Émile'])
      expect(await namesOf(mailbox, { text: 'zeng' })).toEqual(['曾解'])
      expect(await namesOf(mailbox, { text: '0%_\\' })).toEqual(['100%_\\'])
    })

    test('A change needs the version that was read, and gives another', async () => {
      const mailbox = newMailbox()
      const [read] = (await add(mailbox, FULL)) as [Contact]
      const change = { kind: 'update', id: read.id, version: read.version, card: { ...FULL, title: '主任' } } as const
      const [done] = await book.apply(mailbox, [change])
      expect(done).toMatchObject({ id: read.id, outcome: 'done' })
      const now = (await book.read(mailbox, read.id)) as Contact
      expect(now).toMatchObject({ title: '主任', version: done?.outcome === 'done' ? done.version : '' })
      expect(now.version).not.toBe(read.version)
      expect(await book.apply(mailbox, [{ ...change, card: FULL }])).toEqual([{ id: read.id, outcome: 'conflict' }])
      expect(await book.apply(mailbox, [{ kind: 'remove', id: read.id, version: read.version }])).toEqual([
        { id: read.id, outcome: 'conflict' },
      ])
      expect(await book.read(mailbox, read.id)).toEqual(now)
      expect(await book.apply(mailbox, [{ kind: 'update', id: read.id, card: FULL }])).toMatchObject([{ outcome: 'done' }])
      expect(await book.read(mailbox, read.id)).toMatchObject(FULL)
    })

    test('What is taken out of a card is gone from it', async () => {
      const mailbox = newMailbox()
      const [read] = (await add(mailbox, FULL)) as [Contact]
      await book.apply(mailbox, [{ kind: 'update', id: read.id, version: read.version, card: card('Lin') }])
      const now = (await book.read(mailbox, read.id)) as Contact
      expect(now).toEqual({ ...card('Lin'), id: read.id, version: now.version })
      expect(await namesOf(mailbox, { text: '图书馆' })).toEqual([])
    })

    test('What is removed is gone, also for who would change it', async () => {
      const mailbox = newMailbox()
      const [read, other] = (await add(mailbox, FULL, card('Zhao'))) as [Contact, Contact]
      expect(await book.apply(mailbox, [{ kind: 'remove', id: read.id, version: read.version }])).toEqual([
        { id: read.id, outcome: 'done', version: null },
      ])
      expect(await book.read(mailbox, read.id)).toBeNull()
      expect(await book.apply(mailbox, [{ kind: 'remove', id: other.id }])).toMatchObject([{ outcome: 'done' }])
      for (const change of [{ kind: 'remove', id: read.id } as const, { kind: 'update', id: read.id, card: FULL } as const])
        expect(await book.apply(mailbox, [change])).toEqual([{ id: read.id, outcome: 'gone' }])
      expect(await namesOf(mailbox)).toEqual([])
    })

    test('F4 repeated after a lost answer, a change is made once', async () => {
      const mailbox = newMailbox()
      const creation = create(FULL)
      const [first] = await book.apply(mailbox, [creation])
      expect(await book.apply(mailbox, [creation])).toEqual([first])
      expect(await namesOf(mailbox)).toEqual(['林晓彤'])
      const version = first?.outcome === 'done' ? (first.version as string) : ''
      const change = { kind: 'update', id: creation.id, version, card: { ...FULL, title: '主任' } } as const
      const [second] = await book.apply(mailbox, [change])
      expect(await book.apply(mailbox, [change])).toEqual([second])
      expect(await book.apply(mailbox, [creation])).toEqual([second])
    })

    test('Changes are made in their order, also several of one contact', async () => {
      const mailbox = newMailbox()
      const [id, other] = [randomUUID(), randomUUID()]
      const outcomes = await book.apply(mailbox, [
        create(card('One'), id),
        create(card('Other'), other),
        { kind: 'update', id, card: card('Two') },
        { kind: 'remove', id: other },
        { kind: 'update', id, card: card('Three') },
        { kind: 'update', id: other, card: card('Gone') },
      ])
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done', 'done', 'gone'])
      expect(await namesOf(mailbox)).toEqual(['Three'])
    })

    test('Of ten who change the same version at once, one wins, and all are told', async () => {
      const mailbox = newMailbox()
      const [read] = (await add(mailbox, FULL)) as [Contact]
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          book.apply(mailbox, [{ kind: 'update', id: read.id, version: read.version, card: card(`Lin ${n}`) }]),
        ),
      )
      const done = outcomes.flatMap(([applied], n) => (applied?.outcome === 'done' ? n : []))
      expect(done).toHaveLength(1)
      expect(outcomes.flat().filter(({ outcome }) => outcome === 'conflict')).toHaveLength(9)
      expect(await namesOf(mailbox)).toEqual([`Lin ${done[0]}`])
    })

    test('Ten who write at once are all heard', async () => {
      const mailbox = newMailbox()
      await Promise.all(Array.from({ length: 10 }, (_, n) => book.apply(mailbox, [create(card(`A${n}`)), create(card(`B${n}`))])))
      expect(await book.count(mailbox, {})).toBe(20)
    })

    test('It can be checked', async () => {
      await expect(book.check()).resolves.toBeUndefined()
    })

    test('Without its server every method says so, and no more', async () => {
      const unreachable = { name: 'MailCoreError', message: 'unreachable', code: 'unreachable' }
      const [mailbox, there] = [newMailbox(), harness.unreachable]
      await expect(there.list(mailbox, { limit: 1 })).rejects.toMatchObject(unreachable)
      await expect(there.count(mailbox, {})).rejects.toMatchObject(unreachable)
      await expect(there.read(mailbox, randomUUID())).rejects.toMatchObject(unreachable)
      await expect(there.all(mailbox, {})[Symbol.asyncIterator]().next()).rejects.toMatchObject(unreachable)
      await expect(there.apply(mailbox, [create(FULL)])).rejects.toMatchObject(unreachable)
      await expect(there.groups(mailbox)).rejects.toMatchObject(unreachable)
      await expect(there.addGroup(mailbox, 'A')).rejects.toMatchObject(unreachable)
      await expect(there.renameGroup(mailbox, 'A', 'B')).rejects.toMatchObject(unreachable)
      await expect(there.check()).rejects.toMatchObject(unreachable)
    })
  })
}
