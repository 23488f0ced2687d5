import { createHash, randomUUID } from 'node:crypto'
import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { describeAppPasswords } from './contract.ts'
import { postgresAppPasswords } from './postgres.ts'

const hex = (secret: string) => createHash('sha256').update(secret).digest('hex')
const NEXT_YEAR = new Date(Date.now() + 365 * 86_400_000)

describeAppPasswords('postgres', async () => {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  const ofSecret = (address: string, secret: string) =>
    sql`mailbox = ${address} and digest = app_password_digest(${address}, ${hex(secret)})`
  return {
    appPasswords: postgresAppPasswords(sql),
    unreachable: postgresAppPasswords(nowhere),
    protocols: ['imap', 'pop3', 'smtp'],
    async putMailbox() {
      const address = `${randomUUID()}@yunling.example`
      await sql`insert into mail_accounts (mailbox, app_passwords_on) values (${address}, true)`
      return address
    },
    async putAppPassword({ address, secret, protocols, expiresAt = NEXT_YEAR }) {
      await sql`insert into app_passwords (mailbox, name, digest, protocols, expires_at)
        values (${address}, 'iPhone', app_password_digest(${address}, ${hex(secret)}), ${protocols}, ${expiresAt})`
    },
    revoke: async (address, secret) => void (await sql`update app_passwords set revoked_at = now() where ${ofSecret(address, secret)}`),
    suspend: async (address) => void (await sql`update mail_accounts set app_passwords_on = false where mailbox = ${address}`),
    async lastUse(address, secret) {
      const [row] =
        await sql`select last_used_ip as ip, last_used_protocol as protocol from app_passwords where ${ofSecret(address, secret)}`
      return row?.protocol ? { ip: row.ip, protocol: row.protocol } : null
    },
    async close() {
      await Promise.all([sql.end(), nowhere.end()])
      await database.drop()
    },
  }
})
