import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'

export const PERIODS = ['hour', 'day', 'week'] as const
export type PeriodUnit = (typeof PERIODS)[number]

export interface Period {
  from: Date
  to: Date
  /** The period before: an hour, a day or a week of the calendar earlier. */
  beforeFrom: Date
  beforeTo: Date
  /** It is not over. */
  running: boolean
  /** Up to here both are compared: of a period that is not over, its whole hours so far. Null: nothing can be compared yet. */
  comparedTo: Date | null
  /** As much of the period before. */
  beforeComparedTo: Date | null
}

interface Row extends Record<string, unknown> {
  from: string
  to: string
  beforeFrom: string
  beforeTo: string
  running: boolean
  comparedTo: string | null
  beforeComparedTo: string | null
}

/** A day, or an hour, of the site's clock; anything else is an instant. */
function momentIn(moment: string, zone: string) {
  const [, day, hour = '00'] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d))?$/.exec(moment) ?? []
  return day === undefined ? sql`${moment}::timestamptz` : sql`${`${day} ${hour}:00`}::timestamp at time zone ${zone}::text`
}

/**
 * The period that holds a moment (`2026-11-23`, `2026-11-23T10` or an instant; none: now), by the site's calendar and the database's clock (F11).
 * Reckoned in local time, so that a day has 23 or 25 hours where the clocks change.
 */
export async function periodOf(
  db: Pick<Queryable, 'execute'>,
  unit: PeriodUnit,
  moment: string | undefined,
  zone: string,
): Promise<Period> {
  const step = sql`${`1 ${unit}`}::interval`
  const local = (instant: ReturnType<typeof sql>) => sql`(${instant} at time zone ${zone}::text)`
  // An hour is an hour; days and weeks are those of the calendar.
  const shifted = (instant: ReturnType<typeof sql>, by: ReturnType<typeof sql>) =>
    unit === 'hour' ? sql`${instant} + ${by}` : sql`(${local(instant)} + ${by}) at time zone ${zone}::text`
  const asked = moment === undefined ? sql`now()` : momentIn(moment, zone)
  const [row] = await db.execute<Row>(sql`
    with asked as (select date_trunc(${unit}, ${asked}, ${zone}::text) as start),
    ends as (select start, ${shifted(sql`start`, step)} as stop, ${shifted(sql`start`, sql`- ${step}`)} as before from asked),
    spans as (
      select *, stop > now() as running,
        case when stop <= now() then stop else nullif(greatest(date_trunc('hour', now(), ${zone}::text), start), start) end as compared from ends)
    select start as "from", stop as "to", before as "beforeFrom", start as "beforeTo", running, compared as "comparedTo",
      case when compared = stop then start else ${shifted(sql`compared`, sql`- ${step}`)} end as "beforeComparedTo" from spans`)
  if (!row) throw new Error('no period')
  const date = (text: string | null) => (text === null ? null : new Date(text))
  return {
    ...{ from: new Date(row.from), to: new Date(row.to), beforeFrom: new Date(row.beforeFrom), beforeTo: new Date(row.beforeTo) },
    ...{ running: row.running, comparedTo: date(row.comparedTo), beforeComparedTo: date(row.beforeComparedTo) },
  }
}
