import type { Sql, TransactionSql } from 'postgres'
import { withinBounds } from './bounds.ts'
import { type Dav, idOf } from './dav.ts'
import type { ContactCard } from './port.ts'
import { type Entry, keyOf, storable, writeRows } from './table.ts'
import { type ReadVcard, readVcards } from './vcard.ts'

/** What stands on the server, as it is written into the copy. */
export interface Copied {
  href: string
  etag: string
  vcard: string
}

export interface GroupCard extends Copied {
  name: string
  members: string[]
}

/** A contact of the server, as the portal shows it. */
export interface MirrorRow extends Copied {
  uid: string
  card: ContactCard
}

export type Removed = Pick<MirrorRow, 'href' | 'vcard' | 'uid'>

interface BookRow {
  url: string
  sync_token: string | null
  /** Since it was copied, in ms. */
  age: number | null
}

const AT_ONCE = 100

/** The copy of one mailbox's book on a server. */
export function mirrorOf(sql: Sql, store: string, mailbox: string, dav: Dav) {
  const here = (on: Sql | TransactionSql) => on`mailbox = ${keyOf(mailbox)} and store = ${store}`

  async function knownBook(): Promise<BookRow | null> {
    const [row] = await sql<BookRow[]>`
      select url, sync_token, (extract(epoch from clock_timestamp() - synced_at) * 1000)::float8 as age
      from contact_books where ${here(sql)}`
    return row ?? null
  }

  const mirror = {
    /** The URL of the book. */
    async book(): Promise<string> {
      const known = await knownBook()
      if (known) return known.url
      const url = await dav.findBook()
      await sql`
        insert into contact_books (mailbox, store, url) values (${keyOf(mailbox)}, ${store}, ${storable(url)})
        on conflict (mailbox, store) do nothing`
      return url
    },

    /** The book is not where it was: the next one that is found is copied from its beginning. */
    forgetBook: () => sql`delete from contact_books where ${here(sql)}`,

    /** How long ago it was brought up to date, in ms; null: never. */
    age: async (): Promise<number | null> => (await knownBook())?.age ?? null,

    /** Takes over what changed on the server. */
    async sync(): Promise<void> {
      const url = await mirror.book()
      const [row] = await sql<{ now: string; sync_token: string | null }[]>`
        select clock_timestamp()::text as now, sync_token from contact_books where ${here(sql)}`
      const { full, there, gone, token } = await dav.changes(url, row?.sync_token ?? null)
      const copies = await versions()
      const wanted = there.filter(({ href, etag }) => copies.get(href) !== etag).map(({ href }) => href)
      const listed = new Set(there.map(({ href }) => href))
      const removed = full ? [...copies.keys()].filter((href) => !listed.has(href)) : gone
      let failed = 0
      for (let at = 0; at < wanted.length; at += AT_ONCE) {
        const hrefs = wanted.slice(at, at + AT_ONCE)
        const found = await dav.cards(url, hrefs)
        failed += found.failed.length
        await mirror.take(found.cards, row?.now)
      }
      await sql.begin(async (tx) => {
        await drop(tx, removed, row?.now)
        // What the server could not give just now is asked for again: the token would pass over it.
        await tx`
          update contact_books set synced_at = clock_timestamp(), sync_token = ${failed > 0 ? (row?.sync_token ?? null) : token}
          where ${here(tx)} and url = ${url}`
      })
    },

    /** Writes cards of the server. With `asOf`, what the portal itself wrote later than then stays: it is newer. */
    async take(cards: Copied[], asOf?: string): Promise<void> {
      if (cards.length === 0) return
      const read = cards.flatMap((card) => {
        const [found] = readVcards(card.vcard)
        return found ? [{ ...card, ...found }] : []
      })
      await sql.begin(async (tx) => {
        const groups = read.flatMap(({ href, etag, vcard, group }) => (group ? [{ href, etag, vcard, ...group }] : []))
        const people = read.filter(({ card }) => card)
        await replaced(tx, read)
        const touched = await takeGroups(tx, groups)
        const newer = asOf ? await writtenSince(tx, cards, asOf) : new Set<string>()
        const fresh = people.filter(({ href }) => !newer.has(href))
        await writeRows(tx, store, mailbox, await entriesOf(tx, fresh))
        await regroup(tx, touched)
      })
    },

    drop: (hrefs: string[]) => sql.begin((tx) => drop(tx, hrefs)),

    /** Before it is removed: who puts it back gets all of it, what no page shows as well. */
    remember: ({ href, vcard, uid }: Removed) => sql`
      insert into removed_contacts (mailbox, store, href, vcard, uid)
      values (${keyOf(mailbox)}, ${store}, ${href}, ${storable(vcard)}, ${storable(uid)})
      on conflict (mailbox, store, href) do update set vcard = excluded.vcard, uid = excluded.uid, removed_at = excluded.removed_at`,

    async removed(hrefs: string[]): Promise<Map<string, Removed>> {
      const rows = await sql<Removed[]>`select href, vcard, uid from removed_contacts where ${here(sql)} and href = any(${hrefs}::text[])`
      return new Map(rows.map((row) => [row.href, row]))
    },

    groupCards: () => groupCards(sql),

    async rows(ids: string[]): Promise<Map<string, MirrorRow>> {
      const rows = await sql<(Omit<MirrorRow, 'card'> & { id: string; card: ContactCard; groups: string[] })[]>`
        select id, href, version as etag, vcard, uid, card, groups from contacts where ${here(sql)} and id = any(${ids}::text[])`
      return new Map(rows.map(({ id, card, groups, ...row }) => [id, { ...row, card: { ...card, groups } }]))
    },
  }
  return mirror

  /** Person or group: what a resource was before, it is not any more. */
  async function replaced(tx: TransactionSql, read: (Copied & ReadVcard)[]): Promise<void> {
    const [people, others] = [read.filter(({ card }) => card), read.filter(({ card }) => !card)].map((cards) =>
      cards.map(({ href }) => href),
    )
    await tx`delete from contacts where ${here(tx)} and href = any(${others as string[]}::text[])`
    await tx`delete from contact_group_cards where ${here(tx)} and href = any(${people as string[]}::text[])`
  }

  async function versions(): Promise<Map<string, string>> {
    const rows = await sql<{ href: string; version: string }[]>`
      select href, version from contacts where ${here(sql)} union all select href, version from contact_group_cards where ${here(sql)}`
    return new Map(rows.map(({ href, version }) => [href, version]))
  }

  async function writtenSince(tx: TransactionSql, cards: Copied[], asOf: string): Promise<Set<string>> {
    const rows = await tx<{ href: string }[]>`
      select href from contacts where ${here(tx)} and href = any(${cards.map(({ href }) => href)}::text[]) and written_at > ${asOf}::timestamptz`
    return new Set(rows.map(({ href }) => href))
  }

  async function groupCards(on: Sql | TransactionSql): Promise<GroupCard[]> {
    return on<GroupCard[]>`select href, version as etag, name, members, vcard from contact_group_cards where ${here(on)} order by href`
  }

  async function entriesOf(tx: TransactionSql, people: (Copied & ReadVcard)[]): Promise<Entry[]> {
    const naming = new Map(people.flatMap(({ uid }) => (uid ? [[uid, [] as string[]]] : [])))
    for (const { name, members } of await groupCards(tx)) for (const uid of members) naming.get(uid)?.push(name)
    return people.map(({ href, etag, vcard, card, uid }) => {
      const named = naming.get(uid) ?? []
      const shown = withinBounds(card as NonNullable<typeof card>)
      return { id: idOf(href), version: etag, href, vcard, uid, card: { ...shown, groups: [...new Set([...shown.groups, ...named])] } }
    })
  }

  /** The UIDs of who is in one of these groups, or was. */
  async function takeGroups(tx: TransactionSql, groups: (Copied & { name: string; members: string[] })[]): Promise<string[]> {
    if (groups.length === 0) return []
    const before = await membersOf(
      tx,
      groups.map(({ href }) => href),
    )
    for (const { href, etag, vcard, name, members } of groups) {
      await tx`
        insert into contact_group_cards (mailbox, store, href, version, name, members, vcard)
        values (${keyOf(mailbox)}, ${store}, ${href}, ${storable(etag)}, ${storable(name).slice(0, 60)}, ${members.map(storable)}, ${storable(vcard)})
        on conflict (mailbox, store, href) do update
        set version = excluded.version, name = excluded.name, members = excluded.members, vcard = excluded.vcard`
    }
    return [...before, ...groups.flatMap(({ members }) => members)]
  }

  async function membersOf(tx: TransactionSql, hrefs: string[]): Promise<string[]> {
    const rows = await tx<{ uid: string }[]>`
      select unnest(members) as uid from contact_group_cards where ${here(tx)} and href = any(${hrefs}::text[])`
    return rows.map(({ uid }) => uid)
  }

  /** Reads again in which groups these are. */
  async function regroup(tx: TransactionSql, uids: string[]): Promise<void> {
    if (uids.length === 0) return
    const rows = await tx<Copied[]>`
      select href, version as etag, vcard from contacts where ${here(tx)} and uid = any(${uids.map(storable)}::text[]) and uid <> ''`
    const people = rows.flatMap((row) =>
      readVcards(row.vcard)
        .slice(0, 1)
        .map((read) => ({ ...row, ...read })),
    )
    await writeRows(
      tx,
      store,
      mailbox,
      await entriesOf(
        tx,
        people.filter(({ card }) => card),
      ),
    )
  }

  async function drop(tx: TransactionSql, hrefs: string[], asOf?: string): Promise<void> {
    if (hrefs.length === 0) return
    await tx`
      delete from contacts where ${here(tx)} and href = any(${hrefs}::text[])
        and (${asOf ?? null}::timestamptz is null or written_at <= ${asOf ?? null}::timestamptz)`
    const members = await membersOf(tx, hrefs)
    await tx`delete from contact_group_cards where ${here(tx)} and href = any(${hrefs}::text[])`
    await regroup(tx, members)
  }
}

/** For one after the other: whoever asks while it is done waits for that one. */
export function shared<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>()
  return (key, work) => {
    const already = running.get(key)
    if (already) return already
    const done = work().finally(() => running.delete(key))
    running.set(key, done)
    return done
  }
}
