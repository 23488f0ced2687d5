import type { Sql } from 'postgres'
import { arrivalOf } from '../queue-id.ts'

const DAY_MS = 86_400_000
// trace_keep_day allows a day more at either end: its clock may not be this one.
const DAYS_BACK = 67
const DAYS_AHEAD = 7

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** When the mail with this id arrived, as Postgres reads it, to the microsecond; null when the trace keeps nothing of that day. */
export function arrivedAt(id: string): string | null {
  const micros = arrivalOf(id)
  if (micros === null) return null
  const ms = Math.floor(micros / 1_000)
  const today = Math.floor(Date.now() / DAY_MS)
  const day = Math.floor(ms / DAY_MS)
  if (day < today - DAYS_BACK || day > today + DAYS_AHEAD) return null
  return `${new Date(ms).toISOString().slice(0, -1)}${String(micros % 1_000).padStart(3, '0')}Z`
}

const known = new WeakMap<Sql, Set<string>>()

/** Makes room for the days of these mails. Called before the transaction that writes them, since it locks what all read. */
export async function ensureDays(sql: Sql, ids: readonly string[]): Promise<void> {
  const days = new Set(ids.flatMap((id) => arrivedAt(id)?.slice(0, 10) ?? []))
  const today = dayOf(Date.now())
  const there = known.get(sql) ?? new Set()
  known.set(sql, there)
  for (const day of days) {
    // Older days may be dropped at any time.
    if (day >= today && there.has(day)) continue
    await sql`select trace_keep_day(${day}::text::date)`
    there.add(day)
  }
}

/** Makes room for the days to come, and drops those older than `days`. */
export async function keepDays(sql: Sql, days: number): Promise<void> {
  await sql`select trace_keep_day((now() at time zone 'UTC')::date + n) from generate_series(0, ${DAYS_AHEAD - 1}) n`
  await sql`select trace_forget(${days})`
}
