import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { type Figure, MEASURED } from './figures.ts'
import type { Period } from './periods.ts'

type Reader = Pick<Queryable, 'execute'>

export interface Sum {
  figure: Figure
  dimension: string
  /** In the period so far. */
  value: number
  /** In the part of it that is compared, and in as much of the period before. */
  compared: number
  before: number
}

const measured = sql`(${sql.join(
  MEASURED.map((name) => sql`${name}`),
  sql`, `,
)})`

/** The figures of a period beside those of the period before. Reads the hours of both, and nothing else. */
export async function sumsOf(db: Reader, period: Period): Promise<Sum[]> {
  const rows = await db.execute<{ figure: Figure; dimension: string; value: string; compared: string; before: string }>(summed(period))
  return rows.map(({ figure, dimension, ...numbers }) => ({
    ...{ figure, dimension, value: Number(numbers.value) },
    ...{ compared: Number(numbers.compared), before: Number(numbers.before) },
  }))
}

const at = (date: Date) => sql`${date.toISOString()}::timestamptz`

/** What is counted is summed; of what is measured the last look of each stands. */
export function summed({ from, to, beforeFrom, comparedTo, beforeComparedTo }: Period): SQL {
  const between = (start: Date, end: Date | null) => (end ? sql`hour >= ${at(start)} and hour < ${at(end)}` : sql`false`)
  const [inPeriod, compared, before] = [between(from, to), between(from, comparedTo), between(beforeFrom, beforeComparedTo)]
  const last = (when: SQL) => sql`coalesce((array_agg(value order by hour desc) filter (where ${when}))[1], 0)`
  const sum = (when: SQL) => sql`coalesce(sum(value) filter (where ${when}), 0)`
  const hours = sql`from figures_hourly where hour >= ${at(beforeFrom)} and hour < ${at(to)}`
  return sql`
    select figure, dimension, ${sum(inPeriod)} as value, ${sum(compared)} as compared, ${sum(before)} as before
      ${hours} and figure not in ${measured} group by 1, 2
    union all
    select figure, dimension, ${last(inPeriod)}, ${last(inPeriod)}, ${last(sql`hour < ${at(from)}`)}
      ${hours} and figure in ${measured} group by 1, 2`
}

export interface Point {
  at: Date
  /** Null: not yet. */
  value: number | null
  past: number
}

/**
 * A figure point by point, beside a week earlier by the clock: what stands beside 10:00 is 10:00, also where the clocks have changed
 * between.
 */
export async function seriesOf(
  db: Reader,
  figure: Figure,
  span: { from: Date; to: Date },
  step: 'hour' | 'day',
  zone: string,
): Promise<Point[]> {
  const rows = await db.execute<{ at: string; value: string | null; past: string }>(series(figure, span, step, zone))
  return rows.map((row) => ({ at: new Date(row.at), value: row.value === null ? null : Number(row.value), past: Number(row.past) }))
}

export function series(figure: Figure, { from, to }: { from: Date; to: Date }, step: 'hour' | 'day', zone: string): SQL {
  const local = (instant: SQL) => sql`(${instant} at time zone ${zone}::text)`
  const starts =
    step === 'hour'
      ? sql`generate_series(${at(from)}, ${at(to)} - interval '1 second', interval '1 hour') start`
      : sql`(select day at time zone ${zone}::text as start from generate_series(${local(at(from))}, ${local(at(to))} - interval '1 second', interval '1 day') day) days`
  const next = (start: SQL) =>
    step === 'hour' ? sql`${start} + interval '1 hour'` : sql`(${local(start)} + interval '1 day') at time zone ${zone}::text`
  const sum = (start: SQL) => sql`
    (select coalesce(sum(value), 0) from figures_hourly where hour >= ${start} and hour < ${next(start)} and figure = ${figure})`
  return sql`
    with points as (select start, (${local(sql`start`)} - interval '7 days') at time zone ${zone}::text as earlier from ${starts})
    select start as at, case when start <= now() then ${sum(sql`start`)} end as value, ${sum(sql`earlier`)} as past from points order by start`
}

/** Each hour's own numbers, for a file. */
export async function hoursOf(db: Reader, { from, to }: Pick<Period, 'from' | 'to'>, figure?: Figure) {
  const rows = await db.execute<{ hour: string; figure: Figure; dimension: string; value: string }>(sql`
    select hour, figure, dimension, value from figures_hourly
     where hour >= ${at(from)} and hour < ${at(to)} ${figure ? sql`and figure = ${figure}` : sql``} order by hour, figure, dimension`)
  return rows.map(({ hour, value, ...row }) => ({ ...row, hour: new Date(hour), value: Number(value) }))
}

/** When the worker counted last; null: never. */
export async function countedAt(db: Reader): Promise<{ at: Date | null; now: Date }> {
  const [row] = await db.execute<{ at: string | null; now: string }>(
    sql`select rolled_at as at, now() from figure_cursors where source = 'audit'`,
  )
  if (!row) throw new Error('figure_cursors is empty')
  return { at: row.at === null ? null : new Date(row.at), now: new Date(row.now) }
}

/** Since the beginning, by figure and dimension. */
export async function totals(db: Reader): Promise<{ figure: string; dimension: string; value: number }[]> {
  const rows = await db.execute<{ figure: string; dimension: string; value: string }>(
    sql`select figure, dimension, value from figure_totals`,
  )
  return rows.map(({ value, ...row }) => ({ ...row, value: Number(value) }))
}

/** The newest look of what is measured. */
export async function measuredNow(db: Reader, figure: (typeof MEASURED)[number]): Promise<number | null> {
  const [row] = await db.execute<{ value: string }>(sql`
    select value from figures_hourly where hour > now() - interval '1 day' and figure = ${figure} order by hour desc limit 1`)
  return row ? Number(row.value) : null
}

const HOURS_OF_AGE = [1, 4, 24] as const

/** What waits for staff by age: under 1, 4 and 24 hours, and older. */
export async function waitingByAge(db: Reader): Promise<[number, number, number, number]> {
  const [row] = await db.execute<Record<'a' | 'b' | 'c' | 'd', number>>(sql`
    with waiting as (select created_at as since from staff_requests where state in ('open', 'taken'))
    select ${sql.join(
      ['a', 'b', 'c', 'd'].map((name, index) => {
        const [least, most] = [HOURS_OF_AGE[index - 1], HOURS_OF_AGE[index]]
        const older = least === undefined ? sql`true` : sql`since <= now() - make_interval(hours => ${least}::int)`
        const younger = most === undefined ? sql`true` : sql`since > now() - make_interval(hours => ${most}::int)`
        return sql`count(*) filter (where ${older} and ${younger})::int as ${sql.identifier(name)}`
      }),
      sql`, `,
    )} from waiting`)
  return [row?.a ?? 0, row?.b ?? 0, row?.c ?? 0, row?.d ?? 0]
}
