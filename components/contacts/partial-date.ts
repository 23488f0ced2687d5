/** `2001-02-03`, or without a year `--02-03`, as RFC 6350 writes them. */
export type PartialDate = string

const SPELLINGS = /^(?:(\d{4})\s*[-/.年]\s*|--)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/
/** A leap year, so that 29 February is a day. */
const ANY_YEAR = 2000

/** What somebody typed, in the common spellings. Null: no such day. */
export function toPartialDate(text: string): PartialDate | null {
  const [, year, month, day] = SPELLINGS.exec(text.normalize('NFKC').trim()) ?? []
  if (!month || !day) return null
  const there = new Date(Date.UTC(Number(year ?? ANY_YEAR), Number(month) - 1, Number(day)))
  if (there.getUTCMonth() !== Number(month) - 1 || there.getUTCDate() !== Number(day)) return null
  return `${year ?? '-'}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** As it stands in the field. */
export const inField = (date: PartialDate | undefined): string => date?.replace(/^--/, '') ?? ''

/** Noon of that day, to be written in the person's language; null where a year is known and the date is written as it is. */
export function dayOf(date: PartialDate): Date | null {
  const [, month, day] = /^--(\d{2})-(\d{2})$/.exec(date) ?? []
  return month && day ? new Date(Date.UTC(ANY_YEAR, Number(month) - 1, Number(day), 4)) : null
}
