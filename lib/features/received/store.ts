import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'

/** From the beginning of the first day to the end of the last, as the site's clock sees them. */
export async function periodOf(
  db: Queryable,
  { from, to, zone }: { from?: string; to?: string; zone: string },
): Promise<{ since?: Date; until?: Date }> {
  if (!from && !to) return {}
  const [row] = await db.execute<{ since: string | null; until: string | null }>(sql`
    select (${from ?? null}::date)::timestamp at time zone ${zone} as since,
      (${to ?? null}::date + 1)::timestamp at time zone ${zone} as until`)
  return { ...(row?.since ? { since: new Date(row.since) } : {}), ...(row?.until ? { until: new Date(row.until) } : {}) }
}
