import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'

// Times are the database's (F11): machines that disagree with each other still agree on it.

export async function databaseNow(db: Queryable): Promise<Date> {
  const [row] = await db.execute<{ at: string }>(sql`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`)
  if (!row) throw new Error('no clock')
  return new Date(row.at)
}

/** Whole days; negative for what is to come. */
export async function daysSince(db: Queryable, instant: Date): Promise<number> {
  const [row] = await db.execute<{ days: number }>(
    sql`select floor(extract(epoch from now() - ${instant.toISOString()}::timestamptz) / 86400)::int as days`,
  )
  return row?.days ?? 0
}
