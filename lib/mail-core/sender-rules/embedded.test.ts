import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { describeSenderRules } from './contract.ts'
import { embeddedSenderRules } from './embedded.ts'

describeSenderRules('embedded', async () => {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  return {
    senderRules: embeddedSenderRules(sql),
    unreachable: embeddedSenderRules(nowhere),
    save: (mailbox, rules) =>
      sql.begin(async (tx) => {
        await tx`delete from sender_rules where mailbox = ${mailbox}`
        for (const [sender, verdict] of rules)
          await tx`insert into sender_rules (mailbox, sender, verdict) values (${mailbox}, ${sender}, ${verdict})`
      }),
    async close() {
      await Promise.all([sql.end(), nowhere.end()])
      await database.drop()
    },
  }
})
