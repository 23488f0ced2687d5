import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

export type Sql = postgres.Sql
export type Database = PostgresJsDatabase & { $client: Sql }
/** A transaction, or the database itself: what a store needs. */
export type Queryable = Pick<Database, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute'>

/** A statement is cut off after 5 s, so that a slow database cannot exhaust the pool (F2). */
export function connectSql(url: string, { max = 10 }: { max?: number } = {}): Sql {
  return postgres(url, {
    max,
    connect_timeout: 3,
    idle_timeout: 60,
    onnotice: () => {},
    connection: { statement_timeout: 5_000, application_name: 'posthouse' },
  })
}

/** Drizzle takes over how its client reads and writes dates: nobody else may use that client for them. */
export const connect = (url: string, options?: { max?: number }): Database => drizzle(connectSql(url, options)) as Database
