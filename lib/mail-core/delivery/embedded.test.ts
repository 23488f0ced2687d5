import { randomUUID } from 'node:crypto'
import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { describeDelivery } from './contract.ts'
import { embeddedDelivery } from './embedded.ts'

describeDelivery('embedded', async () => {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  const putMailbox = async () => `${randomUUID()}@yunling.example`
  return {
    delivery: embeddedDelivery(sql),
    unreachable: embeddedDelivery(nowhere),
    putMailbox,
    async putFullMailbox() {
      const mailbox = await putMailbox()
      await sql`insert into mailbox_quotas (address, limit_bytes) values (${mailbox}, 10)`
      return mailbox
    },
    async inbox(mailbox) {
      const rows = await sql<{ raw: Buffer }[]>`select raw from mailbox_messages where address = ${mailbox} and folder = 'INBOX'`
      return rows.map(({ raw }) => raw)
    },
    async close() {
      await Promise.all([sql.end(), nowhere.end()])
      await database.drop()
    },
  }
})
