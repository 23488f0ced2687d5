import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Contact, ContactCard } from '#lib/mail-core/address-book/port.ts'
import { cardOf, type Duplicates, type Plan, planFile, type ReadRow, samePeople } from './contact-plan.ts'

interface Person {
  name: string
  mails?: string[]
  mobile?: string
  note?: string
}

const cardFor = ({ name, mails = [], mobile, note }: Person): ContactCard => ({
  name,
  emails: mails.map((mail) => ({ kind: 'work', address: `${mail}@partner.example` })),
  phones: mobile ? [{ kind: 'mobile', number: mobile }] : [],
  ...(note ? { note } : {}),
  ...{ addresses: [], urls: [], ims: [], groups: [] },
})

const rowsOf = (people: Person[]): ReadRow[] => people.map((person, index) => ({ row: index + 2, card: cardFor(person) }))

async function* bookOf(people: Person[]): AsyncIterable<Contact[]> {
  yield people.map((person, index) => ({ ...cardFor(person), id: `known${index}`, version: `v${index}` }))
}

const plan = (read: Person[], book: Person[], duplicates: Duplicates = 'merge', group: string | null = null) =>
  planFile(rowsOf(read), bookOf(book), { duplicates, group })

const cardsOf = (read: Person[]) => new Map(rowsOf(read).map(({ row, card }) => [row, card]))

describe('a plan', () => {
  test('makes a contact of each row that nobody knows, under an id of its own', async () => {
    const { rows, added } = await plan([{ name: 'A', mails: ['a'] }, { name: 'B' }], [])
    expect(rows.map(({ kind, row, version }) => [kind, row, version])).toEqual([
      ['add', 2, null],
      ['add', 3, null],
    ])
    expect(new Set(rows.map(({ contact }) => contact)).size).toBe(2)
    expect(added).toBe(2)
  })

  test('changes who is known by what the chosen way changes, with the card and the version that were there', async () => {
    const [read, book] = [[{ name: 'B', mails: ['A'], note: 'new' }], [{ name: 'A', mails: ['a'] }]]
    const { rows, known, example } = await plan(read, book)
    expect(rows).toEqual([
      { kind: 'change', row: 2, rows: [2], contact: 'known0', before: cardFor({ name: 'A', mails: ['a'] }), version: 'v0' },
    ])
    expect([known, example]).toEqual([1, { name: 'A', fills: ['note'] }])
    const [planned] = rows
    const outcome = (duplicates: Duplicates) => planned && cardOf(planned, cardsOf(read), { duplicates, group: 'friends' })
    expect(outcome('merge')).toMatchObject({ name: 'A', note: 'new', groups: ['friends'] })
    expect(outcome('replace')).toMatchObject({ name: 'B', note: 'new', groups: ['friends'] })
  })

  test('of somebody who has it all already, in the group too, does nothing', async () => {
    const people = [{ name: 'A', mails: ['a'], note: 'long known' }]
    expect(await plan(people, people)).toMatchObject({ rows: [], skipped: 1, known: 1, example: null })
    expect(await plan(people, people, 'merge', 'friends')).toMatchObject({ rows: [{ kind: 'change' }], skipped: 0 })
  })

  test('joins rows of one person, and finds somebody by whichever key an earlier row brought', async () => {
    const read = [
      { name: 'A', mails: ['a'] },
      { name: 'A', mails: ['a'], mobile: '13800138000' },
      { name: 'A', mails: ['a'], note: 'x' },
    ]
    const { rows } = await plan(read, [])
    expect(rows.map((row) => row.rows)).toEqual([[2, 3, 4]])
    expect(rows[0] && cardOf(rows[0], cardsOf(read), { duplicates: 'merge', group: null })).toMatchObject({ note: 'x', phones: [{}] })
  })

  const person = fc.record({
    name: fc.constantFrom('A', 'B', 'C'),
    mails: fc.subarray(['a', 'b', 'c']),
    mobile: fc.constantFrom(undefined, '13800138000', '13900139000'),
    note: fc.constantFrom(undefined, 'x', 'y'),
  })

  test('leaves apart who shares a mobile and has another name, in the file and in the book', async () => {
    const mobile = '138 0000 0000'
    const { rows, added, known } = await plan(
      [
        { name: '丁四', mobile },
        { name: '戊五', mobile },
        { name: '丁四', mobile, note: 'new' },
      ],
      [{ name: '甲一', mobile }],
    )
    expect(rows.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['add', [2, 4]],
      ['add', [3]],
    ])
    expect({ added, known }).toEqual({ added: 2, known: 1 })
  })

  test('finds nothing to fill in with a postal address whose parts come in another order', async () => {
    const parts = { kind: 'home' as const, street: 'Str 1', city: 'Berlin', region: '', postcode: '10115', country: 'DE' }
    const { country, postcode, region, city, street, kind } = parts
    const card = { ...cardFor({ name: 'A', mails: ['a'] }), addresses: [parts] }
    async function* book() {
      yield [{ ...card, addresses: [{ country, postcode, region, city, street, kind }], id: 'known', version: 'v' }]
    }
    const { rows, skipped } = await planFile([{ row: 2, card }], book(), { duplicates: 'merge', group: null })
    expect({ rows, skipped }).toEqual({ rows: [], skipped: 1 })
  })

  test('accounts for each row once, and what comes of it is the same when it is worked out again', async () => {
    const people = fc.array(person, { maxLength: 8 })
    const ways = fc.constantFrom<Duplicates[]>('merge', 'skip', 'replace', 'keep')
    await fc.assert(
      fc.asyncProperty(people, people, ways, async (read, book, duplicates) => {
        const once = await plan(read, book, duplicates)
        const rows = [...once.rows.flatMap((planned) => planned.rows), ...once.repeated]
        expect(new Set(rows).size).toBe(rows.length)
        expect(rows.length + once.skipped).toBe(read.length)
        expect(new Set(once.rows.map(({ contact }) => contact)).size).toBe(once.rows.length)
        const outcomes = ({ rows }: Plan) => rows.map((planned) => cardOf(planned, cardsOf(read), { duplicates, group: null }))
        expect(outcomes(await plan(read, book, duplicates))).toEqual(outcomes(once))
        if (duplicates === 'keep') expect(once.rows.every(({ kind }) => kind === 'add')).toBe(true)
      }),
    )
  })

  test('that lacks a row of its file comes to no card', () => {
    const planned = { kind: 'add' as const, row: 2, rows: [2], contact: 'x', before: null, version: null }
    expect(cardOf(planned, new Map(), { duplicates: 'merge', group: null })).toBe(null)
  })
})

describe('people who seem to be one', () => {
  const setsOf = async (people: Person[]) => (await samePeople(bookOf(people))).map((set) => set.map(({ name }) => name))

  test('are joined through one another, in the order of the book', async () => {
    const people = [
      { name: 'A', mails: ['a'] },
      { name: 'B', mails: ['b'] },
      { name: 'C', mails: ['b', 'c'] },
      { name: 'D', mails: ['c', 'a'] },
      { name: 'E', mails: ['e'] },
    ]
    expect(await setsOf(people)).toEqual([['A', 'B', 'C', 'D']])
  })

  test('are not all who have one thing in common with half the house', async () => {
    const people = Array.from({ length: 6 }, (_, n) => ({ name: `P${n}`, mails: ['info', `p${n}`] }))
    expect(await setsOf(people)).toEqual([])
    expect(await setsOf(people.slice(0, 5))).toHaveLength(1)
  })

  test('are found among twenty thousand of whom each resembles the next', async () => {
    const chain = Array.from({ length: 20_000 }, (_, n) => ({ name: `P${n}`, mails: [`p${n}`, `p${n + 1}`] }))
    expect((await setsOf(chain))[0]).toHaveLength(20_000)
  })
})
