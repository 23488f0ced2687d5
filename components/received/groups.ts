import type { ReceivedMail, ReceivedPage } from '#lib/features/received/schema.ts'
import type { Format } from '#lib/platform/i18n/format.ts'

export interface Group {
  /** `expiring`, or the day as `2026-11-23`. */
  key: string
  day: Date | null
  /** Null where the day goes on on another page. */
  count: number | null
  mails: ReceivedMail[]
}

/** What will soon be deleted, then the days, newest first. A mail stands in the list once. */
export function groupsOf({ mails, expiring, older, newer }: ReceivedPage, format: Format): Group[] {
  const above = new Set(expiring.map(({ id }) => id))
  const days: Group[] = []
  for (const mail of mails.filter(({ id }) => !above.has(id))) {
    const key = format.date(mail.arrivedAt)
    const last = days.at(-1)
    if (last?.key === key) last.mails.push(mail)
    else days.push({ key, day: mail.arrivedAt, count: null, mails: [mail] })
  }
  for (const [at, group] of days.entries()) {
    const cut = (at === 0 && newer !== null) || (at === days.length - 1 && older !== null)
    group.count = cut ? null : group.mails.length
  }
  return expiring.length > 0 ? [{ key: 'expiring', day: null, count: expiring.length, mails: expiring }, ...days] : days
}
