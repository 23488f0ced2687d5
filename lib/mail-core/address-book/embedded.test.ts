import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { describeAddressBook } from './contract.ts'
import { embeddedAddressBook } from './embedded.ts'
import { card } from './testing/cards.ts'

describeAddressBook('embedded', async () => {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  return {
    addressBook: embeddedAddressBook(sql),
    unreachable: embeddedAddressBook(nowhere),
    async close() {
      await Promise.all([sql.end(), nowhere.end()])
      await database.drop()
    },
  }
})

test('All changes are made, or none', async () => {
  const database = await createTestDatabase()
  const [sql, owner] = [connectSql(database.url), connectSql(database.ownerUrl)]
  const book = embeddedAddressBook(sql)
  await owner`alter table contacts add constraint full_now check (search <> 'last')`
  const changes = Array.from({ length: 1_500 }, () => ({ kind: 'create', id: randomUUID(), card: card('A') }) as const)
  const all = [...changes, { kind: 'create', id: randomUUID(), card: card('last') } as const]
  await expect(book.apply('lin@yunling.example', all)).rejects.toMatchObject({ name: 'MailCoreError' })
  expect(await book.count('lin@yunling.example', {})).toBe(0)
  await book.apply('lin@yunling.example', changes)
  expect(await book.count('lin@yunling.example', {})).toBe(1_500)
  await Promise.all([sql.end(), owner.end()])
  await database.drop()
})
