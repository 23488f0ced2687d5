import type { ActivityEntry } from '#lib/features/activity/schema.ts'
import type { Format } from '#lib/platform/i18n/format.ts'

interface Day {
  date: string
  title: string
  entries: ActivityEntry[]
}

/** Entries, newest first, under the days they belong to. */
export function byDay(entries: ActivityEntry[], format: Format): Day[] {
  const days: Day[] = []
  for (const entry of entries) {
    const date = format.date(entry.at)
    const last = days.at(-1)
    if (last?.date === date) last.entries.push(entry)
    else days.push({ date, title: titleOf(entry.at, format), entries: [entry] })
  }
  return days
}

function titleOf(at: Date, format: Format): string {
  if (format.daysFromNow(at) < -1) return format.longDay(at)
  const word = format.inDays(at)
  return word.charAt(0).toUpperCase() + word.slice(1)
}
