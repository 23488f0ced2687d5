import postgres from 'postgres'
import { migrate } from '#db/migrate.ts'
import type { PostgresServer } from '#deploy/local/postgres.ts'

const DATABASE = 'posthouse'

/** The demo's database with all migrations; the portal's role gets its password. */
export async function prepareDatabase(server: PostgresServer, password: string): Promise<{ ownerUrl: string; url: string }> {
  const sql = postgres(server.url(), { max: 1, onnotice: () => {} })
  const ownerUrl = server.url(DATABASE)
  try {
    const [known] = await sql`select from pg_database where datname = ${DATABASE}`
    if (!known) await sql`create database ${sql(DATABASE)}`
    await migrate(ownerUrl)
    // A statement like this takes no parameters; the password is base64url.
    await sql`alter role posthouse_app login password '${sql.unsafe(password)}'`
  } finally {
    await sql.end()
  }
  const url = new URL(ownerUrl)
  url.username = 'posthouse_app'
  url.password = password
  return { ownerUrl, url: url.href }
}
