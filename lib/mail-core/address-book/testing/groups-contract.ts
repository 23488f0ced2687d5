import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { naughtyStrings } from '../../naughty-strings.ts'
import type { AddressBook, Contact, ContactCard, ContactChange } from '../port.ts'
import { card, FULL } from './cards.ts'

/** The part of the contract that is about groups, and about who sees what. */
export function describeGroups(book: () => AddressBook): void {
  const newMailbox = () => `${randomUUID()}@yunling.example`
  const create = (one: ContactCard, id: string = randomUUID()): ContactChange => ({ kind: 'create', id, card: one })
  const add = async (mailbox: string, ...cards: ContactCard[]): Promise<Contact[]> => {
    const changes = cards.map((one) => create(one))
    await book().apply(mailbox, changes)
    return Promise.all(changes.map(async ({ id }) => (await book().read(mailbox, id)) as Contact))
  }
  const namesOf = async (mailbox: string, query: Parameters<AddressBook['count']>[1] = {}) =>
    (await book().list(mailbox, { ...query, limit: 100 })).contacts.map(({ name }) => name)

  test('Groups are those of the contacts and those that were made', async () => {
    const mailbox = newMailbox()
    await add(mailbox, FULL, card('Zhao', { groups: ['同事'] }), card('Qian'))
    await book().addGroup(mailbox, '家人')
    await book().addGroup(mailbox, '家人')
    expect(await book().groups(mailbox)).toEqual([
      { name: '家人', count: 0 },
      { name: 'Library, desk', count: 1 },
      { name: '同事', count: 2 },
    ])
    expect(await namesOf(mailbox, { group: '同事' })).toEqual(['林晓彤', 'Zhao'])
    expect(await namesOf(mailbox, { group: '家人' })).toEqual([])
    expect(await namesOf(mailbox, { group: null })).toEqual(['Qian'])
    expect(await namesOf(mailbox, { group: '同事', text: 'zh' })).toEqual(['Zhao'])
  })

  test('A group is renamed, joined with another, and taken away from contacts that stay', async () => {
    const mailbox = newMailbox()
    const [lin] = (await add(mailbox, FULL, card('Zhao', { groups: ['B'] }), card('Qian', { groups: ['B', 'Library, desk'] }))) as [Contact]
    await book().addGroup(mailbox, 'Empty')
    await book().renameGroup(mailbox, 'Library, desk', '台')
    expect(await book().read(mailbox, lin.id)).toMatchObject({ groups: ['同事', '台'] })
    expect((await book().read(mailbox, lin.id))?.version).not.toBe(lin.version)
    await book().renameGroup(mailbox, '台', 'B')
    expect(await book().groups(mailbox)).toEqual([
      { name: 'B', count: 3 },
      { name: 'Empty', count: 0 },
      { name: '同事', count: 1 },
    ])
    await book().renameGroup(mailbox, 'Empty', 'Still empty')
    await book().renameGroup(mailbox, 'B', null)
    await book().renameGroup(mailbox, 'nowhere', '同事')
    expect(await book().groups(mailbox)).toEqual([
      { name: 'Still empty', count: 0 },
      { name: '同事', count: 1 },
    ])
    expect(await namesOf(mailbox, { group: null })).toEqual(['Qian', 'Zhao'])
    await book().renameGroup(mailbox, 'Still empty', null)
    expect((await book().groups(mailbox)).map((group) => group.name)).toEqual(['同事'])
  })

  test('T34 one mailbox never sees another’s, nor changes it; its address may come in capitals', async () => {
    const [mailbox, other] = [newMailbox(), newMailbox()]
    const [read] = (await add(mailbox, FULL)) as [Contact]
    await book().addGroup(mailbox, 'Empty')
    expect(await namesOf(other)).toEqual([])
    expect(await book().groups(other)).toEqual([])
    expect(await book().read(other, read.id)).toBeNull()
    expect(await book().apply(other, [{ kind: 'update', id: read.id, card: card('Mine') }])).toEqual([{ id: read.id, outcome: 'gone' }])
    expect(await book().apply(other, [{ kind: 'remove', id: read.id }])).toEqual([{ id: read.id, outcome: 'gone' }])
    await book().renameGroup(other, '同事', 'Mine')
    await book().renameGroup(other, 'Empty', null)
    await book().apply(other, [create(card('Mine'), read.id)])
    expect(await book().read(mailbox.toUpperCase(), read.id)).toEqual(read)
    expect((await book().groups(mailbox)).map((group) => group.name)).toEqual(['Empty', 'Library, desk', '同事'])
    expect(await namesOf(other)).toEqual(['Mine'])
  })

  test('T28 a naughty string is text like any other, and nobody’s id, group or mailbox', async () => {
    const mailbox = newMailbox()
    const [read] = (await add(mailbox, FULL)) as [Contact]
    const quiet = (call: Promise<unknown>) => call.catch((error) => expect(error).toMatchObject({ name: 'MailCoreError', code: 'refused' }))
    for (const text of naughtyStrings()) {
      expect(await book().read(mailbox, text), text).toBeNull()
      expect((await book().apply(mailbox, [{ kind: 'remove', id: text }]))[0]?.outcome, text).toBe('gone')
      expect(await book().count(mailbox, { group: text }), text).toBe(0)
      await book().count(mailbox, { text })
      await quiet(book().list(mailbox, { limit: 1, after: text }))
    }
    for (const text of naughtyStrings().slice(0, 60)) {
      await quiet(
        book()
          .list(text, { limit: 1 })
          .then(({ contacts }) => expect(contacts, text).toEqual([])),
      )
      await quiet(
        book()
          .read(text, read.id)
          .then((contact) => expect(contact, text).toBeNull()),
      )
    }
    // Some in a card: a server may look at all of a book for each that comes.
    const chunks = Array.from({ length: Math.ceil(naughtyStrings().length / 20) }, (_, n) => naughtyStrings().slice(n * 20, n * 20 + 20))
    const changes = chunks.map((texts) =>
      create(
        card(`N ${texts[0]?.slice(0, 150)}`, { note: texts.join('\n').slice(0, 3_000), groups: texts.map((text) => text.slice(0, 50)) }),
      ),
    )
    for (const { outcome } of await book().apply(mailbox, changes)) expect(outcome).toBe('done')
    expect(await book().count(mailbox, {})).toBe(changes.length + 1)
    expect(await book().read(mailbox, read.id)).toEqual(read)
  })
}
