import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { connectSql, type Sql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { sourceOf } from '../log-file.ts'

/** A database and a folder of a test's own, and a client of a database that is not there. */
export async function traceHouse() {
  const database = await createTestDatabase()
  const [sql, nowhere] = [connectSql(database.url), connectSql('postgres://x@127.0.0.1:1/x')]
  const folder = await mkdtemp(join(tmpdir(), 'posthouse-trace-'))
  return {
    database,
    sql,
    nowhere,
    folder,
    async close() {
      await Promise.all([sql.end(), nowhere.end()])
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Until the trace has heard what becomes of this mail for all of these people. */
export const heardOf = (sql: Sql, id: string, mailboxes: string[]) =>
  vi.waitFor(
    async () => {
      const rows = await sql`
        select from trace_recipients where queue_id = ${id} and mailbox = any(${mailboxes}) and (outcome <> 'delivered' or folder is not null)`
      if (rows.length < mailboxes.length) throw new Error(`${id} is not heard of`)
    },
    { timeout: 15_000, interval: 20 },
  )

/** Until all that is in this log has been taken in. */
export const heardAll = (sql: Sql, log: string) =>
  vi.waitFor(
    async () => {
      const [row] = await sql`select (position ->> 'offset')::int as offset from trace_positions where source = ${sourceOf(log)}`
      if (row?.offset !== (await stat(log)).size) throw new Error(`${log} is not read to its end`)
    },
    { timeout: 15_000, interval: 20 },
  )
