import { createHash, randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Contact, ContactCard } from '#lib/mail-core/address-book/port.ts'
import { keysOf, mergeCards, replaceCard } from './contact-merge.ts'

/** What becomes of somebody who is there already: fills in what is missing, nothing, gets what the file says, or is there twice. */
export type Duplicates = 'merge' | 'skip' | 'replace' | 'keep'

export interface ReadRow {
  /** Of the file. */
  row: number
  card: ContactCard
}

/** A contact that rows of a file are, or that they change. */
export interface Planned {
  kind: 'add' | 'change'
  /** The first of `rows`. */
  row: number
  rows: number[]
  contact: string
  before: ContactCard | null
  version: string | null
}

export interface Plan {
  rows: Planned[]
  /** Rows of which a contact is made. */
  added: number
  /** Rows that are an earlier one once more. */
  repeated: number[]
  /** Rows that change nothing. */
  skipped: number
  /** Rows of people who are there already, in the book or in an earlier row. */
  known: number
  /** One of them, and which of its fields a merge fills. */
  example: { name: string; fills: string[] } | null
}

interface How {
  duplicates: Duplicates
  group: string | null
}

interface Known {
  id: string
  version: string
  before: ContactCard
  now: ContactCard
  planned?: Planned
}

/** A file has so few rows that they can all be held. */
export async function allOf<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const row of rows) all.push(row)
  return all
}

/** A household shares a mobile: who has another name as well is somebody else, until its owner says on the page of duplicates that they are one. */
const ownKeysOf = (card: ContactCard) => keysOf(card, { byMobileAlone: false })

/** After so many rows others get their turn. */
const AT_ONCE = 200

/** Holds of the book only whom the rows may mean. */
export async function planFile(read: ReadRow[], book: AsyncIterable<Contact[]>, { duplicates, group }: How): Promise<Plan> {
  const keys: string[][] = []
  for (const [index, { card }] of read.entries()) {
    if (index % AT_ONCE === 0) await turn()
    keys.push(ownKeysOf(card))
  }
  const people = await peopleOf(book, new Set(keys.flat()))
  const seen = new Set<string>()
  const plan: Plan = { rows: [], added: 0, repeated: [], skipped: 0, known: 0, example: null }
  const add = (row: number, card: ContactCard, own: string[]) => {
    const planned: Planned = { kind: 'add', row, rows: [row], contact: randomUUID(), before: null, version: null }
    plan.rows.push(planned)
    plan.added += 1
    const person = { id: planned.contact, version: '', before: card, now: card, planned }
    for (const key of own) if (!people.has(key)) people.set(key, person)
  }

  for (const [index, { row, card: written }] of read.entries()) {
    if (index % AT_ONCE === 0) await turn()
    const mark = digestOf(written)
    if (seen.has(mark)) {
      plan.repeated.push(row)
      continue
    }
    seen.add(mark)
    const [own, card] = [keys[index] ?? [], inGroup(written, group)]
    const person = own.map((key) => people.get(key)).find((found) => found !== undefined)
    if (!person) {
      add(row, card, own)
      continue
    }
    plan.known += 1
    plan.example ??= exampleOf(person.now, card)
    if (duplicates === 'keep') add(row, card, [])
    else if (!change(person, row, card, duplicates, plan)) plan.skipped += 1
  }
  return plan
}

/** False when the row changes nothing. */
function change(person: Known, row: number, card: ContactCard, duplicates: Duplicates, plan: Plan): boolean {
  const next = foldInto(person.now, card, duplicates)
  if (isDeepStrictEqual(next, person.now)) return false
  person.now = next
  if (person.planned) person.planned.rows.push(row)
  else {
    const { id, version, before } = person
    person.planned = { kind: 'change', row, rows: [row], contact: id, before, version }
    plan.rows.push(person.planned)
  }
  return true
}

function foldInto(existing: ContactCard, incoming: ContactCard, duplicates: Duplicates): ContactCard {
  if (duplicates === 'merge') return mergeCards(existing, incoming).card
  return duplicates === 'replace' ? replaceCard(existing, incoming) : existing
}

/** The card that comes of a plan; `cards` by the row of the file. Null when the file has no such row. */
export function cardOf(planned: Planned, cards: Map<number, ContactCard>, { duplicates, group }: How): ContactCard | null {
  let card = planned.before
  for (const row of planned.rows) {
    const written = cards.get(row)
    if (!written) return null
    const incoming = inGroup(written, group)
    card = card ? foldInto(card, incoming, duplicates) : incoming
  }
  return card
}

async function peopleOf(book: AsyncIterable<Contact[]>, wanted: Set<string>): Promise<Map<string, Known>> {
  const people = new Map<string, Known>()
  for await (const batch of book) {
    for (const { id, version, ...card } of batch) {
      const keys = ownKeysOf(card).filter((key) => wanted.has(key) && !people.has(key))
      if (keys.length === 0) continue
      const person = { id, version, before: card, now: card }
      for (const key of keys) people.set(key, person)
    }
  }
  return people
}

const exampleOf = (existing: ContactCard, incoming: ContactCard) => {
  const { fills } = mergeCards(existing, incoming)
  return fills.length > 0 ? { name: existing.name, fills } : null
}

/** Of a contact. */
const MOST_GROUPS = 20

const inGroup = (card: ContactCard, group: string | null): ContactCard =>
  group === null || card.groups.includes(group) ? card : { ...card, groups: [...card.groups.slice(0, MOST_GROUPS - 1), group] }

const digestOf = (card: ContactCard) => createHash('sha256').update(JSON.stringify(card)).digest('base64')

const MOST_SHARING = 5

/** Contacts that seem to be one person, in the order of the book. What many have in common, a switchboard's number, joins nobody. */
export async function samePeople(book: AsyncIterable<Contact[]>): Promise<Contact[][]> {
  const byKey = new Map<string, number[]>()
  const all: Contact[] = []
  for await (const batch of book) {
    for (const contact of batch) {
      for (const key of keysOf(contact)) byKey.set(key, [...(byKey.get(key) ?? []).slice(0, MOST_SHARING), all.length])
      all.push(contact)
    }
  }
  const first = firstOfEach(
    all.length,
    [...byKey.values()].filter(({ length }) => length > 1 && length <= MOST_SHARING),
  )
  const sets = Map.groupBy(all.keys(), (index) => first(index))
  return [...sets.values()].filter(({ length }) => length > 1).map((indexes) => indexes.map((index) => all[index] as Contact))
}

/** Of numbers of which some belong together: the least of those to which one belongs. */
function firstOfEach(count: number, together: number[][]): (index: number) => number {
  const parents = Array.from({ length: count }, (_, index) => index)
  const first = (index: number): number => {
    let at = index
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number
      at = parents[at] as number
    }
    return at
  }
  for (const [one = 0, ...others] of together) {
    for (const other of others) {
      const [a, b] = [first(one), first(other)]
      parents[Math.max(a, b)] = Math.min(a, b)
    }
  }
  return first
}
