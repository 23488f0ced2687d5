import { randomUUID } from 'node:crypto'
import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { describeMailbox } from './contract.ts'
import { embeddedMailbox } from './embedded.ts'

describeMailbox('embedded', async () => {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  return {
    mailbox: embeddedMailbox(sql),
    unreachable: embeddedMailbox(nowhere),
    putMailbox: async () => `${randomUUID()}@yunling.example`,
    async close() {
      await Promise.all([sql.end(), nowhere.end()])
      await database.drop()
    },
  }
})
