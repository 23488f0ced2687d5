import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Sql, TransactionSql } from 'postgres'
import { MailCoreError } from '../errors.ts'
import { unreachableUnless } from '../sql-errors.ts'
import { batchesOf } from './batches.ts'
import type { AddressBook, Applied, ContactCard, ContactChange } from './port.ts'
import { contactTable, type Entry, isId, keyOf, readRows, renameMadeGroup, storable, storableCard, writeRows } from './table.ts'

const STORE = ''

/** The portal's own table is the address book. */
export function embeddedAddressBook(sql: Sql): AddressBook {
  /** One change after the other of a mailbox, so that two never wait for each other. */
  const alone = <T>(mailbox: string, work: (tx: TransactionSql) => Promise<T>) =>
    unreachableUnless(
      () =>
        sql.begin(async (tx) => {
          await tx`select pg_advisory_xact_lock(hashtextextended(${`contacts ${keyOf(mailbox)}`}, 0))`
          return work(tx)
        }) as Promise<T>,
    )

  return {
    ...contactTable(sql, STORE),
    transactional: true,

    async apply(mailbox, changes) {
      if (changes.some(({ kind, id }) => kind === 'create' && !isId(id))) throw new MailCoreError('refused')
      return alone(mailbox, async (tx) => {
        const applied: Applied[] = []
        for (const batch of batchesOf(changes)) applied.push(...(await applyBatch(tx, mailbox, batch)))
        return applied
      })
    },

    renameGroup: (mailbox, name, to) =>
      alone(mailbox, async (tx) => {
        const [from, into] = [storable(name), to === null ? null : storable(to)]
        const here = tx`mailbox = ${keyOf(mailbox)} and store = ${STORE}`
        await tx`
          update contacts set version = gen_random_uuid()::text, groups = case
            when ${into}::text is null or ${into} = any(groups) and ${into} <> ${from} then array_remove(groups, ${from})
            else array_replace(groups, ${from}, ${into}) end
          where ${here} and ${from} = any(groups) and ${into}::text is distinct from ${from}`
        await renameMadeGroup(tx, STORE, mailbox, name, to)
      }),
  }
}

async function applyBatch(tx: TransactionSql, mailbox: string, changes: ContactChange[]): Promise<Applied[]> {
  const ids = changes.map(({ id }) => id).filter(isId)
  const there = new Map((await readRows(tx, STORE, mailbox, ids)).map((row) => [row.id, row]))
  const [writes, removals]: [Entry[], string[]] = [[], []]
  const applied = changes.map((change): Applied => {
    const { id } = change
    const row = there.get(id)
    if (change.kind === 'create') {
      if (row) return { id, outcome: 'done', version: row.version }
      return write(change.card)
    }
    if (!row) return { id, outcome: 'gone' }
    if (change.kind === 'update' && isSame(change.card, { ...row.card, groups: row.groups }))
      return { id, outcome: 'done', version: row.version }
    if (change.version !== undefined && change.version !== row.version) return { id, outcome: 'conflict' }
    if (change.kind === 'update') return write(change.card)
    removals.push(id)
    return { id, outcome: 'done', version: null }

    function write(card: ContactCard): Applied {
      const version = randomUUID()
      writes.push({ id, version, card })
      return { id, outcome: 'done', version }
    }
  })
  if (writes.length > 0) await writeRows(tx, STORE, mailbox, writes)
  if (removals.length > 0)
    await tx`delete from contacts where mailbox = ${keyOf(mailbox)} and store = ${STORE} and id = any(${removals}::text[])`
  return applied
}

const isSame = (one: ContactCard, other: ContactCard) => isDeepStrictEqual(storableCard(one), storableCard(other))
