import type { Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectSql } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import { collected } from '../testing/collected.ts'
import { type IsChange, losingAnswers } from '../testing/lost-answer.ts'
import { describeDirectory } from './contract.ts'
import { hashPassword, sqlDirectory } from './sql.ts'

const DAYS = 90

describeDirectory('sql', async () => {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  const ends = [() => sql.end(), () => nowhere.end(), () => database.drop()]
  return {
    directory: sqlDirectory(sql, { maxAgeDays: DAYS }),
    unreachable: sqlDirectory(nowhere, { maxAgeDays: DAYS }),
    async losingAnswers() {
      const url = new URL(database.url)
      const { port } = await losingAnswers({ host: url.hostname, port: Number(url.port) }, isChange)
      url.port = String(port)
      const losing = connectSql(url.href)
      ends.unshift(() => losing.end({ timeout: 0 }))
      return sqlDirectory(losing)
    },
    async putAccount({ address, login, name, nameEn, password, groups, number, unit, officePhone }) {
      await sql`insert into directory_accounts (address, login, name, name_en, password_hash, groups, number, unit, office_phone)
        values (${address}, ${login}, ${name}, ${nameEn}, ${await hashPassword(password)}, ${groups}, ${number}, ${unit}, ${officePhone})`
    },
    disableAccount: async (address) => void (await sql`update directory_accounts set disabled = true where address = ${address}`),
    wrongPasswordsUntilLocked: 10,
    passwordDays: DAYS,
    keepsEnglishNames: true,
    resetsKeepHistory: true,
    async close() {
      for (const end of ends) await end()
    },
  }
})

/** The new hash goes out with its statement. That of an unlock is first prepared, and done by the next message. */
function isChange(): IsChange {
  let prepared = false
  return (request) => {
    const change = prepared || request.includes('$argon2id$')
    prepared = request.includes('set failures = 0, locked_until = null where address = $1\0')
    return change
  }
}

describe('sql', () => {
  let database: TestDatabase
  let sql: Sql
  beforeAll(async () => {
    database = await createTestDatabase()
    sql = connectSql(database.url)
  })
  afterAll(async () => {
    await sql.end()
    await database.drop()
  })
  const PASSWORD = 'right-Password-0'
  const put = async (login: string) => {
    const address = `${login}@yunling.example`
    await sql`insert into directory_accounts (address, login, name, password_hash) values (${address}, ${login}, '何静', ${await hashPassword(PASSWORD)})`
    return address
  }

  test('Without an age passwords do not expire', async () => {
    const address = await put('ageless')
    const directory = sqlDirectory(sql)
    expect(await directory.find(address)).toMatchObject({ passwordExpiresAt: null })
    expect(await collected(directory.passwordsExpiring(new Date(0), new Date('2200-01-01')))).toEqual([])
  })

  test('An expired password signs nobody in, and is good for the change to another one', async () => {
    const address = await put('expired')
    await sql`update directory_accounts set password_changed_at = now() - interval '91 days' where address = ${address}`
    const directory = sqlDirectory(sql, { maxAgeDays: 90 })
    expect(await directory.authenticate(address, PASSWORD)).toEqual({ ok: false, reason: 'expired' })
    expect(await directory.changePassword(address, PASSWORD, 'right-Password-1')).toEqual({ ok: true })
    expect(await directory.authenticate(address, 'right-Password-1')).toMatchObject({ ok: true })
  })

  test('As many earlier passwords are refused as are asked for, and no more', async () => {
    const address = await put('history')
    const directory = sqlDirectory(sql, { history: 2 })
    for (const next of ['right-Password-1', 'right-Password-2']) await directory.setPassword(address, next)
    expect(await directory.setPassword(address, PASSWORD)).toEqual({ ok: false, reason: 'reused' })
    await directory.setPassword(address, 'right-Password-3')
    expect(await directory.setPassword(address, PASSWORD)).toEqual({ ok: true })
    const [row] = await sql`select password_history from directory_accounts where address = ${address}`
    expect(row?.password_history).toHaveLength(2)
  })

  test('Of several changes at once, one is made', async () => {
    const address = await put('contested')
    const directory = sqlDirectory(sql)
    const wanted = [1, 2, 3, 4].map((number) => `right-Password-${number}`)
    const done = await Promise.all(wanted.map((next) => directory.changePassword(address, PASSWORD, next)))
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    expect(done.filter(({ ok }) => !ok)).toEqual(Array(3).fill({ ok: false, reason: 'wrong_password' }))
  })

  test('A lock that has ended leaves no count behind', async () => {
    const address = await put('counted')
    const directory = sqlDirectory(sql)
    for (let tries = 0; tries < 10; tries++) await directory.authenticate(address, 'wrong')
    await sql`update directory_accounts set locked_until = now() where address = ${address}`
    expect(await directory.authenticate(address, 'wrong')).toEqual({ ok: false, reason: 'wrong_password' })
    expect(await directory.authenticate(address, PASSWORD)).toMatchObject({ ok: true })
  })

  test('Accounts whose passwords expire come page by page, each once', async () => {
    await sql`insert into directory_accounts (address, login, name, password_hash, password_changed_at)
      select 'crowd-' || n || '@yunling.example', 'crowd-' || n, 'x', '!', '2026-01-01' from generate_series(1, 450) n`
    const directory = sqlDirectory(sql, { maxAgeDays: 1 })
    const pages = await collected(directory.passwordsExpiring(new Date('2026-01-02'), new Date('2026-01-03')))
    expect(pages.map((page) => page.length)).toEqual([200, 200, 50])
    expect(new Set(pages.flat().map(({ address }) => address)).size).toBe(450)
  })

  test('A password can be set where there was none to match', async () => {
    await sql`insert into directory_accounts (address, login, name, password_hash) values ('new@yunling.example', 'new', '何静', '!')`
    const directory = sqlDirectory(sql)
    expect(await directory.authenticate('new', '!')).toEqual({ ok: false, reason: 'wrong_password' })
    expect(await directory.setPassword('new', PASSWORD)).toEqual({ ok: true })
  })
})

test('T13 a password is hashed with Argon2id as OWASP asks, and differently each time', async () => {
  const [one, two] = await Promise.all([hashPassword('山水风月'), hashPassword('山水风月')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(two)
})
