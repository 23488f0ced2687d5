import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { AppError, type ErrorCode } from './errors.ts'

export interface Limit {
  /** Names what is counted, and for whom. Personal data only as a blind index. */
  key: string
  limit: number
  /** Postgres interval: `60 seconds`. */
  per: string
  code?: ErrorCode
}

/**
 * Counts one hit on every key, or on none when one of them is full: exact sliding windows on the database's clock (F11).
 * @throws AppError with the limit's code (default `rate_limited`) and the seconds to wait
 */
export async function takeLimits(db: Queryable, limits: Limit[]): Promise<void> {
  if (limits.length === 0) return
  const list = (values: (string | number)[]) =>
    sql`array[${sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )}]`
  const [row] = await db.execute<{ exceeded: number; retry_after: number }>(sql`
    select * from rate_take(${list(limits.map(({ key }) => key))}::text[], ${list(limits.map(({ limit }) => limit))}::int[],
      ${list(limits.map(({ per }) => per))}::interval[])`)
  const full = row && limits[row.exceeded - 1]
  if (full) throw new AppError(full.code ?? 'rate_limited', { retryAfter: row.retry_after })
}

/** Refuses when a key is already full, without counting a hit. */
export async function checkLimit(db: Queryable, { key, limit, per, code }: Limit): Promise<void> {
  const [row] = await db.execute<{ hits: number }>(
    sql`select count(*)::int as hits from rate_hits where key = ${key} and at > clock_timestamp() - ${per}::interval`,
  )
  if (row && row.hits >= limit) throw new AppError(code ?? 'rate_limited', {})
}
