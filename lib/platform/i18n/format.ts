import type { Locale } from './locale.ts'

const DAY = 86_400_000
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

export type Format = ReturnType<typeof createFormat>

/**
 * Dates, times, sizes and counts as the product writes them, in the time zone of the site.
 * `now` decides what today is.
 */
export function createFormat(locale: Locale, timeZone: string, now: () => Date = () => new Date()) {
  // en-GB: 24-hour times and the day before the month, as in the rest of the English text.
  const tag = locale === 'en' ? 'en-GB' : locale
  const part = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone, ...options })
    return (value: Date) => format.format(value)
  }
  const iso = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const date = (value: Date) => iso.format(value)
  const time = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const clock = part({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  const dayMonth = part({ day: 'numeric', month: 'long' })
  const dayMonthYear = part({ day: 'numeric', month: 'long', year: 'numeric' })
  const shortDayMonth = part({ day: 'numeric', month: 'short' })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const whole = new Intl.NumberFormat(tag)
  const oneDigit = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })

  /** Whole calendar days from today: -1 is yesterday. */
  const daysFromNow = (value: Date) => Math.round((Date.parse(date(value)) - Date.parse(date(now()))) / DAY)
  const sameYear = (value: Date) => date(value).slice(0, 4) === date(now()).slice(0, 4)
  const inDays = (value: Date) => {
    const days = daysFromNow(value)
    // Intl has words for the day after tomorrow in Chinese; a count is clearer beside a date.
    return Math.abs(days) > 1
      ? relative.format(days, 'day').replace(/^[前后]天$/, `2天${days > 0 ? '后' : '前'}`)
      : relative.format(days, 'day')
  }
  const day = (value: Date) => (sameYear(value) ? dayMonth(value) : dayMonthYear(value))

  return {
    /** `2026-11-30`, for tables and fields. */
    date,
    /** `10:24`. */
    time,
    /** `10:24:07`, for a course of events. */
    clock,
    /** `11月19日`, `19 Nov`. */
    shortDay: shortDayMonth,
    /** `11月30日`, `30 November`, with the year when it is another one: for sentences. */
    day,
    /** `11月26日10:42`, `26 November, 10:42`: for sentences. */
    dayAndTime: (value: Date) => `${day(value)}${locale === 'en' ? ', ' : ''}${time(value)}`,
    /** `2026年11月23日，星期一`, `Monday, 23 November 2026`. */
    longDay: (value: Date) => {
      const weekday = part({ weekday: 'long' })(value)
      return locale === 'en' ? `${weekday}, ${dayMonthYear(value)}` : `${dayMonthYear(value)}，${weekday}`
    },
    /** `今天 10:24`, `Yesterday 22:40`, `11月19日 03:12`, `19 Nov 03:12`, `2025-12-31 08:00`: for tables. */
    moment: (value: Date) => {
      const days = daysFromNow(value)
      if (days === 0 || days === -1) {
        const word = relative.format(days, 'day')
        return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${time(value)}`
      }
      return `${sameYear(value) ? shortDayMonth(value) : date(value)} ${time(value)}`
    },
    /** `10:24` of today, else `11月19日 03:12`, `19 Nov 03:12`, `2025-12-31 08:00`: within a line that has little room. */
    brief: (value: Date) =>
      daysFromNow(value) === 0 ? time(value) : `${sameYear(value) ? shortDayMonth(value) : date(value)} ${time(value)}`,
    /** `7天后`, `in 7 days`, `明天`, `142天前`. */
    inDays,
    daysFromNow,
    /** `1,284`; minus is −. */
    number: (value: number) => whole.format(value).replace('-', '−'),
    /** `31.2 GB` from bytes; a unit is 1024 of the one before, as mail servers count. */
    size: (bytes: number) => {
      const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1)
      return `${oneDigit.format(bytes / 1024 ** power)} ${UNITS[power]}`
    },
  }
}
