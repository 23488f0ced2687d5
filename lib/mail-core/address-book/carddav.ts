import type { Sql } from 'postgres'
import { MailCoreError } from '../errors.ts'
import { unreachableUnless } from '../sql-errors.ts'
import { batchesOf } from './batches.ts'
import { writesOf } from './carddav-writes.ts'
import { type DavConfig, davServer } from './dav.ts'
import { mirrorOf, shared } from './mirror.ts'
import type { AddressBook, Applied } from './port.ts'
import { contactTable, isId, keyOf, renameMadeGroup, storable } from './table.ts'

export interface CarddavConfig extends DavConfig {
  /** The database of the copy by which contacts are listed and found. */
  sql: Sql
  /** For so long what was copied is not asked for again; 2 s. */
  freshMs?: number
  /** For so long a look waits for news of a book that was copied in the last five minutes; 700 ms. Then it sees that copy. */
  patienceMs?: number
}

const RECENT_MS = 5 * 60_000

/** Any CardDAV server is the address book; a copy in the database is brought up to date before it is read. */
export function carddavAddressBook({ sql, freshMs = 2_000, patienceMs = 700, ...config }: CarddavConfig): AddressBook {
  const { timeoutMs = 20_000 } = config
  const server = davServer({ ...config, timeoutMs })
  const store = config.url
  const table = contactTable(sql, store)
  const once = shared<void>()

  const at = (mailbox: string) => {
    const dav = server.of(keyOf(mailbox))
    return { dav, mirror: mirrorOf(sql, store, mailbox, dav) }
  }
  const sync = (mailbox: string) => once(keyOf(mailbox), () => found(mailbox, () => at(mailbox).mirror.sync()))

  /** A copy that takes longer goes on behind the page. */
  const synced = (mailbox: string) =>
    unreachableUnless(async () => {
      const age = await at(mailbox).mirror.age()
      if (age !== null && age < freshMs) return
      const isRecent = age !== null && age < RECENT_MS
      if ((await within(sync(mailbox), isRecent ? patienceMs : timeoutMs)) || isRecent) return
      throw new MailCoreError('timeout')
    })

  /** A book that was taken away on the server is looked for once more. */
  const found = <T>(mailbox: string, work: () => Promise<T>): Promise<T> =>
    unreachableUnless(async () => {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof MailCoreError) || error.code !== 'not_found') throw error
        await at(mailbox).mirror.forgetBook()
        return work()
      }
    })

  const writes = (mailbox: string) => writesOf(at(mailbox))

  return {
    transactional: false,

    async list(mailbox, query) {
      await synced(mailbox)
      return table.list(mailbox, query)
    },
    async count(mailbox, query) {
      await synced(mailbox)
      return table.count(mailbox, query)
    },
    async read(mailbox, id) {
      await synced(mailbox)
      return table.read(mailbox, id)
    },
    async *all(mailbox, query) {
      await synced(mailbox)
      yield* table.all(mailbox, query)
    },
    async groups(mailbox) {
      await synced(mailbox)
      return table.groups(mailbox)
    },
    async addGroup(mailbox, name) {
      await synced(mailbox)
      await table.addGroup(mailbox, name)
    },

    async apply(mailbox, changes) {
      if (changes.some(({ kind, id }) => kind === 'create' && !isId(id))) throw new MailCoreError('refused')
      await synced(mailbox)
      const applied: Applied[] = []
      for (const batch of batchesOf(changes)) applied.push(...(await found(mailbox, () => writes(mailbox).apply(batch))))
      return applied
    },

    async renameGroup(mailbox, name, to) {
      if (name === to) return
      await sync(mailbox)
      await found(mailbox, () => writes(mailbox).renameGroupCards(name, to))
      await found(mailbox, () => rename(mailbox, storable(name), to === null ? null : storable(to)))
    },

    async check() {
      await Promise.all([table.check(), unreachableUnless(server.check)])
    },
  }

  /** In the cards themselves. Whose card another changed meanwhile is read again. */
  async function rename(mailbox: string, name: string, to: string | null): Promise<void> {
    for (let round = 0; round < 3; round++) {
      let left = 0
      for await (const batch of table.all(mailbox, { group: name })) {
        const changes = batch.map(({ id, version, ...card }) => {
          const groups = [...new Set(card.groups.flatMap((group) => (group === name ? (to ?? []) : group)))]
          return { kind: 'update', id, version, card: { ...card, groups } } as const
        })
        const applied = await writes(mailbox).apply(changes)
        left += applied.filter(({ outcome }) => outcome === 'conflict').length
      }
      if (left === 0) return renameMadeGroup(sql, store, mailbox, name, to)
      await sync(mailbox)
    }
    throw new MailCoreError('conflict')
  }
}

/** Whether it is done by then. A failure later than that is nobody's: the next look finds it again. */
async function within(work: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  work.catch(() => {})
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer))
}
