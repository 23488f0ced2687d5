import type { ImapFlow } from 'imapflow'
import type { Doveadm } from '../doveadm.ts'
import { type Deleted, describe, HIDDEN, type HiddenFolder, hiddenFolders, idOf, matching } from './dovecot-deleted.ts'
import { deletedPage } from './dovecot-deleted-page.ts'
import { restoreMail } from './dovecot-restore.ts'
import { copyOf, withdraw } from './dovecot-withdraw.ts'
import type { DeletedQuery, Mailbox } from './port.ts'

interface Dovecot {
  /** Works in a mailbox as its owner. */
  inMailbox<T>(address: string, work: (client: ImapFlow) => Promise<T>): Promise<T>
  /** Works while nobody else does in this mailbox. */
  alone<T>(address: string, work: () => Promise<T>): Promise<T>
  /** The same address, if it is one. */
  oneMailbox(address: string): string
  doveadm: Doveadm
  /** For what goes through all mailboxes. */
  patientDoveadm: Doveadm
}

type DeletedMail = Pick<Mailbox, 'deleted' | 'countDeleted' | 'deletedIds' | 'restore' | 'keepDeleted' | 'copyOf' | 'withdraw'>

const BATCH = 500
const COUNTED_AT_ONCE = 5_000
const MOST_SHOWN = 500

/** What Dovecot's lazy_expunge has kept, and how mail is taken back. */
export function dovecotDeletedMail({ inMailbox, alone, oneMailbox, doveadm, patientDoveadm }: Dovecot): DeletedMail {
  /** A connection for each batch: there may be many, and what is done with one may take long. */
  async function* batches(address: string, query: DeletedQuery, size: number): AsyncGenerator<[HiddenFolder, Deleted[]]> {
    const plan = await inMailbox(address, async (client) => {
      const found: [HiddenFolder, number[]][] = []
      for (const hidden of await hiddenFolders(client)) found.push([hidden, await matching(client, hidden, query)])
      return found
    })
    for (const [hidden, uids] of plan) {
      for (let from = 0; from < uids.length; from += size) {
        const some = await inMailbox(address, (client) => describe(client, hidden, uids.slice(from, from + size), query))
        if (some.length > 0) yield [hidden, some]
      }
    }
  }

  return {
    deleted: (address, { limit, ...query }) =>
      inMailbox(address, (client) => deletedPage(client, { ...query, limit: Math.min(limit, MOST_SHOWN) })),

    async countDeleted(address, query) {
      const total = { count: 0, bytes: 0 }
      const folders = new Map<string, { folder: string; count: number; bytes: number }>()
      for await (const [, some] of batches(address, query, COUNTED_AT_ONCE)) {
        for (const { folder, size } of some) {
          const own = folders.get(folder) ?? { folder, count: 0, bytes: 0 }
          folders.set(folder, own)
          for (const sum of [own, total]) {
            sum.count += 1
            sum.bytes += size
          }
        }
      }
      return { ...total, folders: [...folders.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1)) }
    },

    async *deletedIds(address, query) {
      for await (const [hidden, some] of batches(address, query, BATCH)) {
        yield some.map(({ uid, folder, size }) => ({ id: idOf(hidden, uid), folder, size }))
      }
    },

    restore: (address, ids) => alone(address, () => inMailbox(address, (client) => restoreMail(client, doveadm, oneMailbox(address), ids))),

    async keepDeleted(days) {
      const before = Math.floor(Date.now() / 1_000) - days * 86_400
      await patientDoveadm('expunge', { allUsers: true, query: ['mailbox', `${HIDDEN}*`, 'savedbefore', `${before}`] })
    },

    copyOf: (address, mail) => copyOf(doveadm, oneMailbox(address), mail),

    withdraw: (address, mail, { readToo = false } = {}) => withdraw(doveadm, oneMailbox(address), mail, readToo),
  }
}
