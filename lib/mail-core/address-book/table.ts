import type { PendingQuery, Sql, Row as SqlRow, TransactionSql } from 'postgres'
import { MailCoreError } from '../errors.ts'
import { unreachableUnless } from '../sql-errors.ts'
import type { AddressBook, Contact, ContactCard, ContactQuery } from './port.ts'
import { patternsOf, searchTextOf, sortKeyOf } from './spelling.ts'

type Asking = Sql | TransactionSql

interface Row {
  id: string
  version: string
  card: Omit<ContactCard, 'groups'>
  groups: string[]
  sort_key: string
}

/** A contact as it is written. */
export interface Entry {
  id: string
  version: string
  card: ContactCard
  href?: string
  vcard?: string
  uid?: string
}

const BATCH = 500
const ID = /^[\w.@-]{1,200}$/

export const isId = (id: string): boolean => ID.test(id)

/** What the database takes for text: no NUL and no half of a surrogate pair. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')

export const keyOf = (mailbox: string): string => storable(mailbox.toLowerCase())

function storableParts<T>(value: T): T {
  if (typeof value === 'string') return storable(value) as T
  if (Array.isArray(value)) return value.map(storableParts) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, storableParts(part)])) as T
}

/** The card as the table gives it back: what is empty is left out. */
export const storableCard = (card: ContactCard): ContactCard =>
  storableParts(Object.fromEntries(Object.entries(card).filter(([, value]) => value))) as ContactCard

type Reads = Pick<AddressBook, 'list' | 'count' | 'read' | 'all' | 'groups' | 'addGroup' | 'check'>

/** What is asked of the table, the same for both adapters; `store` as in the migration. */
export function contactTable(sql: Sql, store: string): Reads {
  function found(mailbox: string, { text, group }: ContactQuery): PendingQuery<SqlRow[]> {
    const patterns = patternsOf(text)
    return sql`
      mailbox = ${keyOf(mailbox)} and store = ${store}
      ${patterns.length > 0 ? sql`and search like all (${patterns}::text[])` : sql``}
      ${group === undefined ? sql`` : group === null ? sql`and groups = '{}'` : sql`and ${storable(group)} = any(groups)`}`
  }

  const after = (mailbox: string, query: ContactQuery, [sortKey, id]: Place, limit: number) =>
    unreachableUnless(
      () => sql<Row[]>`
        select id, version, card, groups, sort_key from contacts
        where ${found(mailbox, query)} and (sort_key, id) > (${sortKey}, ${id}) order by sort_key, id limit ${limit}`,
    )

  return {
    async list(mailbox, { limit, after: place, ...query }) {
      const rows = await after(mailbox, query, place === undefined ? START : placeOf(place), limit + 1)
      const last = rows[limit - 1]
      return { contacts: rows.slice(0, limit).map(contactOf), next: rows.length > limit && last ? nextOf(last) : null }
    },

    count: (mailbox, query) =>
      unreachableUnless(async () => {
        const [row] = await sql<{ count: number }[]>`select count(*)::int as count from contacts where ${found(mailbox, query)}`
        return row?.count ?? 0
      }),

    read: (mailbox, id) =>
      unreachableUnless(async () => {
        const [row] = isId(id) ? await readRows(sql, store, mailbox, [id]) : []
        return row ? contactOf(row) : null
      }),

    async *all(mailbox, query) {
      let place: Place = START
      for (;;) {
        const rows = await after(mailbox, query, place, BATCH)
        if (rows.length > 0) yield rows.map(contactOf)
        const last = rows.at(-1)
        if (!last || rows.length < BATCH) return
        place = [last.sort_key, last.id]
      }
    },

    groups: (mailbox) =>
      unreachableUnless(async () => {
        const rows = await sql<{ name: string; count: number }[]>`
          select name, count(id)::int from (
            select name, null as id from contact_groups where mailbox = ${keyOf(mailbox)} and store = ${store}
            union all
            select unnest(groups), id from contacts where mailbox = ${keyOf(mailbox)} and store = ${store}
          ) as named group by name`
        return rows
          .map((row) => ({ ...row, key: sortKeyOf(row) }))
          .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
          .map(({ name, count }) => ({ name, count }))
      }),

    addGroup: (mailbox, name) =>
      unreachableUnless(async () => {
        await sql`
          insert into contact_groups (mailbox, store, name) values (${keyOf(mailbox)}, ${store}, ${storable(name)}) on conflict do nothing`
      }),

    check: () => unreachableUnless(async () => void (await sql`select from contacts limit 1`)),
  }
}

type Place = [sortKey: string, id: string]
const START: Place = ['', '']

const nextOf = ({ sort_key, id }: Row) => Buffer.from(JSON.stringify([sort_key, id])).toString('base64url')

function placeOf(after: string): Place {
  try {
    const [sortKey, id] = JSON.parse(Buffer.from(after, 'base64url').toString())
    if (typeof sortKey === 'string' && isId(id)) return [storable(sortKey), id]
  } catch {}
  throw new MailCoreError('refused')
}

const contactOf = ({ id, version, card, groups }: Row): Contact => ({ ...card, groups, id, version })

export const readRows = (sql: Asking, store: string, mailbox: string, ids: string[]) => sql<Row[]>`
  select id, version, card, groups, sort_key from contacts
  where mailbox = ${keyOf(mailbox)} and store = ${store} and id = any(${ids}::text[])`

/** Groups that were made, whose name stands in no card. */
export async function renameMadeGroup(sql: Asking, store: string, mailbox: string, name: string, to: string | null): Promise<void> {
  const { count } = await sql`
    delete from contact_groups where mailbox = ${keyOf(mailbox)} and store = ${store} and name = ${storable(name)}`
  if (count === 0 || to === null) return
  await sql`
    insert into contact_groups (mailbox, store, name) values (${keyOf(mailbox)}, ${store}, ${storable(to)}) on conflict do nothing`
}

/** Those that are there already are replaced. */
export async function writeRows(sql: Asking, store: string, mailbox: string, entries: Entry[]): Promise<void> {
  const rows = entries.map(({ card, ...entry }) => {
    const { groups, ...rest } = storableCard(card)
    const made = { sort_key: storable(sortKeyOf(card)), search: storable(searchTextOf(card)) }
    return { ...storableParts(entry), ...made, card: rest, groups }
  })
  await sql`
    insert into contacts (mailbox, store, id, version, card, groups, sort_key, search, href, vcard, uid)
    select ${keyOf(mailbox)}, ${store}, id, version, card, groups, sort_key, search, href, vcard, uid
    from jsonb_to_recordset(${sql.json(rows as never)}) as row (
      id text, version text, card jsonb, groups text[], sort_key text, search text, href text, vcard text, uid text)
    on conflict (mailbox, store, id) do update set
      version = excluded.version, card = excluded.card, groups = excluded.groups, sort_key = excluded.sort_key,
      search = excluded.search, href = excluded.href, vcard = excluded.vcard, uid = excluded.uid, written_at = clock_timestamp()`
}
