import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addressBooks, card, withMail } from '#lib/platform/testing/address-books.ts'
import { everyCell, placesOf } from '#lib/platform/testing/dump.ts'
import { fewerOf, naughtyStrings } from '#lib/platform/testing/hostile.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import * as contacts from './operations.ts'
import { MOST_CONTACTS } from './schema.ts'

let house: House
const { somebody, save, all, names } = addressBooks(() => house)
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

const show = (person: Person, id: string) => person.call(contacts.showContactOperation, { id })

describe('the list', () => {
  test('comes by pinyin and alphabet, page by page, with how many there are', async () => {
    const lin = await somebody()
    for (const name of ['赵敏', 'Bob', '安娜', '陈芳', 'Dora']) await save(lin, card(name))
    const order = ['安娜', 'Bob', '陈芳', 'Dora', '赵敏']
    const first = done(await lin.call(contacts.listContactsOperation, { limit: '2' }))
    expect(first).toMatchObject({ contacts: [{ name: order[0] }, { name: order[1] }], count: 5 })
    const rest = done(await lin.call(contacts.listContactsOperation, { after: first.next }))
    expect(rest.contacts.map(({ name }) => name)).toEqual(order.slice(2))
    expect(rest.next).toBe(null)
  })

  test('is searched by initials of pinyin, and by group or by none', async () => {
    const lin = await somebody()
    await save(lin, card('林晓云', { groups: ['同事'] }))
    await save(lin, card('王芳'))
    expect(await names(lin, { text: 'lxy' })).toEqual(['林晓云'])
    expect(await names(lin, { group: '同事' })).toEqual(['林晓云'])
    expect(await names(lin, { ungrouped: 'true' })).toEqual(['王芳'])
  })

  test('says of a place that no page gave out that the input is wrong', async () => {
    const lin = await somebody()
    expect(await lin.call(contacts.listContactsOperation, { after: 'bm9wZQ' })).toMatchObject({ code: 'invalid_input', fields: ['after'] })
  })
})

describe('a contact', () => {
  test('is added and changed, and a version that is not the present one is a conflict that changes nothing', async () => {
    const lin = await somebody()
    const { id, version } = await save(lin, withMail('Wang', 'wang@partner.example'))
    const second = await save(lin, card('Wang Fang'), { id, version })
    expect(codeOf(await lin.call(contacts.saveContactOperation, { id, version, card: card('Wang Er') }))).toBe('contact_changed')
    expect(done(await show(lin, id))).toEqual({ ...card('Wang Fang'), id, version: second.version })
  })

  test('that is gone is not found', async () => {
    const lin = await somebody()
    const { id } = await save(lin, card('Wang'))
    done(await lin.call(contacts.removeContactsOperation, { ids: [id] }))
    expect(codeOf(await show(lin, id))).toBe('not_found')
    expect(codeOf(await lin.call(contacts.saveContactOperation, { id, card: card('Wang') }))).toBe('not_found')
  })

  test('is refused where there are as many as there may be, with how many are too much', async () => {
    const lin = await somebody()
    const count = async () => MOST_CONTACTS
    const on = { ...house, mail: { ...house.mail, addressBook: { ...house.mail.addressBook, count } } }
    const values = { most: MOST_CONTACTS, over: 1 }
    expect(await lin.call(contacts.saveContactOperation, { card: card('Wang') }, { on })).toMatchObject({ code: 'contact_limit', values })
    expect(await names(lin)).toEqual([])
  })

  test('deleted is put back as it was by what the deletion answered, once however often it is asked', async () => {
    const lin = await somebody()
    const { id } = await save(lin, withMail('Wang', 'wang@partner.example', { groups: ['friends'] }))
    const missing = crypto.randomUUID()
    const { removed, left } = done(await lin.call(contacts.removeContactsOperation, { ids: [id, missing] }))
    expect([removed.map(({ name }) => name), left]).toEqual([['Wang'], 1])
    for (const _ of ['once', 'again'])
      expect(done(await lin.call(contacts.putBackContactsOperation, { contacts: removed }))).toEqual({ changed: 1, left: 0 })
    expect(await all(lin)).toMatchObject([{ ...withMail('Wang', 'wang@partner.example', { groups: ['friends'] }), id }])
  })
})

describe('groups', () => {
  test('are put on many contacts and taken off, counted, renamed, joined and dissolved, and the contacts stay', async () => {
    const lin = await somebody()
    const ids = []
    for (const name of ['A', 'B', 'C']) ids.push((await save(lin, card(name, { groups: ['old'] }))).id)
    const change = { ids: [...ids, crypto.randomUUID()], add: ['new'], remove: ['old'] }
    expect(done(await lin.call(contacts.groupContactsOperation, change))).toEqual({ changed: 3, left: 1 })
    const [full = ''] = ids
    const many = Array.from({ length: 20 }, (_, n) => `${n}`)
    expect(done(await lin.call(contacts.groupContactsOperation, { ids: [full], add: many, remove: [] }))).toEqual({ changed: 0, left: 1 })
    done(await lin.call(contacts.addGroupOperation, { name: 'empty' }))
    const groups = [
      { name: 'empty', count: 0 },
      { name: 'new', count: 3 },
    ]
    expect(done(await lin.call(contacts.listGroupsOperation))).toEqual({ groups, all: 3, ungrouped: 0 })
    done(await lin.call(contacts.renameGroupOperation, { name: 'new', to: 'empty' }))
    expect(await names(lin, { group: 'empty' })).toEqual(['A', 'B', 'C'])
    done(await lin.call(contacts.renameGroupOperation, { name: 'empty', to: null }))
    expect(done(await lin.call(contacts.listGroupsOperation))).toEqual({ groups: [], all: 3, ungrouped: 3 })
  })
})

test('T28 a naughty string as a name, a note or a group is kept as it is or refused, and can be searched for', async () => {
  const lin = await somebody()
  const kept: string[] = []
  for (const text of fewerOf(naughtyStrings())) {
    const name = text.normalize('NFC').trim()
    const saved = await lin.call(contacts.saveContactOperation, { card: card(text, { note: text, groups: [text] }) })
    const found = await lin.call(contacts.listContactsOperation, { text })
    await house.forgetLimits()
    expect(codeOf(found), JSON.stringify(text)).toMatch(/^(done|invalid_input)$/)
    if (!saved.ok) expect(saved.code, JSON.stringify(text)).toBe('invalid_input')
    else {
      expect(done(await show(lin, saved.data.id)), JSON.stringify(text)).toMatchObject({ name, groups: [name] })
      kept.push(name)
    }
  }
  expect(kept.length).toBeGreaterThan(40)
  const groups = done(await lin.call(contacts.listGroupsOperation)).groups.map(({ name }) => name)
  expect(groups.toSorted()).toEqual([...new Set(kept)].toSorted())
})

describe('duplicates', () => {
  test('are shown as sets with what would come of them, and become one contact that holds all', async () => {
    const lin = await somebody()
    await save(lin, withMail('Wang Fang', 'wang@partner.example', { groups: ['friends'] }))
    await save(lin, withMail('W. Fang', 'WANG@partner.example', { organisation: 'Partner', groups: ['work'] }))
    await save(lin, withMail('Chen', 'chen@partner.example'))
    const { sets, more } = done(await lin.call(contacts.listDuplicatesOperation))
    expect(more).toBe(false)
    expect(sets.map((set) => set.contacts.map(({ name }) => name).toSorted())).toEqual([['W. Fang', 'Wang Fang']])
    const [{ contacts: found, merged } = { contacts: [], merged: card('') }] = sets
    expect(merged).toMatchObject({ organisation: 'Partner', groups: expect.arrayContaining(['friends', 'work']) })
    const ids = found.map(({ id }) => id)
    const versions = found.map(({ version }) => version)
    expect(done(await lin.call(contacts.mergeContactsOperation, { ids, versions, card: merged })).id).toBe(ids[0])
    expect(await all(lin)).toMatchObject([{ name: 'Chen' }, { ...merged, id: ids[0] }])
    expect(done(await lin.call(contacts.listDuplicatesOperation)).sets).toEqual([])
  })

  test('one of which was changed since stay as they are', async () => {
    const lin = await somebody()
    const [one, two] = [await save(lin, card('A')), await save(lin, card('B'))]
    await save(lin, card('B, changed'), { id: two.id })
    const input = { ids: [one.id, two.id], versions: [one.version, two.version], card: card('AB') }
    expect(codeOf(await lin.call(contacts.mergeContactsOperation, input))).toBe('contact_changed')
    expect(await names(lin)).toEqual(['A', 'B, changed'])
  })
})

describe('an export', () => {
  test('T32 holds no cell that a spreadsheet would run, and only who was asked for', async () => {
    const lin = await somebody()
    const { id } = await save(lin, withMail('=cmd|calc', 'a@partner.example', { note: '@SUM(1)', groups: ['a/b'] }))
    await save(lin, withMail('Chen', 'chen@partner.example'))
    for (const format of ['foxmail', 'outlook', 'google']) {
      const file = done(await lin.call(contacts.exportContactsOperation, { format, group: 'a/b' }))
      const text = Buffer.from(file.content, 'base64').toString('latin1')
      expect(text, format).toContain("'=cmd|calc")
      expect(text, format).not.toMatch(/(^|[,"\n])[=@]/)
      expect(text, format).not.toContain('Chen')
      expect(file).toMatchObject({ count: 1, fileName: expect.stringMatching(/^a_b.*\.csv$/) })
    }
    expect(done(await lin.call(contacts.exportContactsOperation, { format: 'vcard', ids: id })).count).toBe(1)
    expect(done(await lin.call(contacts.exportContactsOperation, { format: 'vcard' })).count).toBe(2)
  })
})

test('of whom somebody knows, nothing stands in the audit', async () => {
  const lin = await somebody()
  const secret = withMail('Geheimrat Wang', 'geheim@partner.example', { note: 'geheime Notiz' })
  const { id } = await save(lin, secret)
  const { removed } = done(await lin.call(contacts.removeContactsOperation, { ids: [id] }))
  done(await lin.call(contacts.putBackContactsOperation, { contacts: removed }))
  done(await lin.call(contacts.groupContactsOperation, { ids: [id], add: ['group of mine'], remove: [] }))
  const audited = (await everyCell(house.owner)).filter(({ place }) => place.startsWith('audit_log'))
  for (const word of ['Geheimrat', 'geheim@partner.example', 'geheime Notiz']) expect(placesOf(audited, word)).toEqual([])
  expect(placesOf(audited, 'group of mine')).not.toEqual([])
})
