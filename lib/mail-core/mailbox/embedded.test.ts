import { randomUUID } from 'node:crypto'
import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { describeMailbox } from './contract.ts'
import { embeddedMailbox } from './embedded.ts'
import { removeMessages } from './embedded-deleted.ts'
import { later } from './testing/house.ts'

describeMailbox('embedded', async () => {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  const inFolder = async (address: string, folder: string) =>
    (
      await sql<{ id: string }[]>`select id from mailbox_messages where address = ${address} and folder = ${folder} and deleted_at is null`
    ).map(({ id }) => id)
  const remove = async (address: string, folder: string) => removeMessages(sql, address, await inFolder(address, folder))
  return {
    mailbox: embeddedMailbox(sql),
    another: embeddedMailbox(sql),
    unreachable: embeddedMailbox(nowhere),
    putMailbox: async () => `${randomUUID()}@yunling.example`,
    expunge: remove,
    // A folder is a word that its mails carry: it ends with them.
    removeFolder: remove,
    moveToTrash: async (address, folder) =>
      void (await sql`update mailbox_messages set folder = 'Trash', came_from = folder where id = any(${await inFolder(address, folder)})`),
    read: (address, folder) =>
      sql`select raw, seen, received_at as "receivedAt" from mailbox_messages
        where address = ${address} and folder = ${folder} and deleted_at is null order by received_at`,
    nextMoment: () => later(1),
    async close() {
      await Promise.all([sql.end(), nowhere.end()])
      await database.drop()
    },
  }
})
