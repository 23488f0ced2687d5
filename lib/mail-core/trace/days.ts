import type { Sql } from 'postgres'
import { arrivalOf } from '../queue-id.ts'

const DAY_MS = 86_400_000
// trace_keep_day allows a day more at either end: its clock may not be this one.
const DAYS_BACK = 67
const DAYS_AHEAD = 7
// Deleted mail is kept for so long (T42); trace_keep_day and trace_forget say the same.
const DELETION_DAYS_BACK = 8

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

/** When the mail with this id arrived, to the millisecond. */
export const arrivalTime = (id: string) => new Date(Math.floor((arrivalOf(id) as number) / 1_000))

/** Whether the trace keeps a deletion of that moment. */
export function keepsDeletion(at: Date): boolean {
  const days = Math.floor(Date.now() / DAY_MS) - Math.floor(at.getTime() / DAY_MS)
  return days <= DELETION_DAYS_BACK && days >= -1
}

const known = new WeakMap<Sql, Set<string>>()

/** Makes room for these mails, by id, and deletions, by time. Called before the transaction that writes them, since it locks what all read. */
export async function ensureDays(sql: Sql, moments: readonly (string | Date)[]): Promise<void> {
  const days = new Set(moments.flatMap((moment) => keptDay(moment) ?? []))
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

const keptDay = (moment: string | Date) =>
  typeof moment === 'string' ? arrivedAt(moment)?.slice(0, 10) : keepsDeletion(moment) ? dayOf(moment.getTime()) : undefined

/** Makes room for the days to come, and drops those older than `days`. */
export async function keepDays(sql: Sql, days: number): Promise<void> {
  await sql`select trace_keep_day((now() at time zone 'UTC')::date + n) from generate_series(0, ${DAYS_AHEAD - 1}) n`
  await sql`select trace_forget(${days})`
}
