import type { Sql } from 'postgres'
import { unreachableUnless } from './sql-errors.ts'

/** Does the work while no portal on this database does other work for the same key. A portal that dies lets go of it. */
export const oneAtATime =
  (sql: Sql) =>
  <T>(key: string, work: () => Promise<T>): Promise<T> =>
    unreachableUnless(async () => {
      const { result } = await sql.begin(async (tx) => {
        await tx`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`
        return { result: await work() }
      })
      return result as T
    })
