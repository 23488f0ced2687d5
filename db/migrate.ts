import { readdir, readFile } from 'node:fs/promises'
import { runMigrations } from 'graphile-worker'
import postgres from 'postgres'

const folder = new URL('./migrations/', import.meta.url)
const LOCK = 727_301

/** Applies what is missing of `migrations/*.sql`, in order and once, then the grants. Safe to run from several machines. */
export async function migrate(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl })
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    await sql`create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())`
    const applied = new Set((await sql`select name from schema_migrations`).map((row) => row.name))
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
    for (const name of names.filter((name) => !applied.has(name))) {
      const text = await readFile(new URL(name, folder), 'utf8')
      await sql.begin(async (tx) => {
        await tx.unsafe(text)
        await tx`insert into schema_migrations (name) values (${name})`
      })
    }
    await sql.unsafe(await readFile(new URL('./grants.sql', import.meta.url), 'utf8'))
  } finally {
    await sql.end()
  }
}

if (import.meta.main) {
  const url = process.env.MIGRATION_DATABASE_URL ?? process.env.DATABASE_URL
  if (!url) throw new Error('MIGRATION_DATABASE_URL is not set')
  await migrate(url)
}
