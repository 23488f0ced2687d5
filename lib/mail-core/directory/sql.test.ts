import { expect, test } from 'vitest'
import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { describeDirectory } from './contract.ts'
import { hashPassword, sqlDirectory } from './sql.ts'

describeDirectory('sql', async () => {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  return {
    directory: sqlDirectory(sql),
    unreachable: sqlDirectory(nowhere),
    async putAccount({ address, login, name, nameEn, password, groups }) {
      await sql`insert into directory_accounts (address, login, name, name_en, password_hash, groups)
        values (${address}, ${login}, ${name}, ${nameEn}, ${await hashPassword(password)}, ${groups})`
    },
    disableAccount: async (address) => void (await sql`update directory_accounts set disabled = true where address = ${address}`),
    wrongPasswordsUntilLocked: 10,
    async close() {
      await Promise.all([sql.end(), nowhere.end()])
      await database.drop()
    },
  }
})

test('T13 a password is hashed with Argon2id as OWASP asks, and differently each time', async () => {
  const [one, two] = await Promise.all([hashPassword('山水风月'), hashPassword('山水风月')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(two)
})
