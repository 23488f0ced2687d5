const STAMP = /^(?:([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))) /
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAY_MS = 86_400_000

/** A line without its time stamp, and when it was written, in milliseconds. */
export interface Stamped {
  at: number
  rest: string
}

/**
 * Reads the time stamps of syslog: RFC 3339, or the traditional one, which tells neither year nor zone. A line was written in the
 * latest year in which it is not more than a day ahead.
 */
export function stampReader(timeZone: string): (line: string, now: number) => Stamped | null {
  const clock = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', era: 'short' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  // Lines come in the order of time: the hour of the last one is mostly that of the next.
  let hour = { text: '', starts: 0 }
  return (line, now) => {
    const [stamp, month, day, hours, minutes, seconds, full] = STAMP.exec(line) ?? []
    if (stamp === undefined) return null
    const rest = line.slice(stamp.length)
    if (full !== undefined) {
      const at = Date.parse(full)
      return Number.isNaN(at) ? null : { at, rest }
    }
    const text = `${month} ${day} ${hours}`
    if (hour.text !== text) {
      const starts = hourOf(clock, MONTHS.indexOf(month as string), Number(day), Number(hours), now)
      if (starts === null) return null
      hour = { text, starts }
    }
    return { at: hour.starts + Number(minutes) * 60_000 + Number(seconds) * 1_000, rest }
  }
}

function hourOf(clock: Intl.DateTimeFormat, month: number, day: number, hours: number, now: number): number | null {
  if (month < 0 || hours > 23) return null
  const thisYear = new Date(now + DAY_MS).getUTCFullYear()
  for (let year = thisYear + 1; year > thisYear - 9; year--) {
    const wall = Date.UTC(year, month, day, hours)
    // A day that this year does not have.
    if (new Date(wall).getUTCDate() !== day) continue
    const at = instantOf(clock, wall)
    if (at <= now + DAY_MS) return at
  }
  return null
}

/** When clocks there show this (as if it were UTC). Of an hour that comes twice, the first; of one left out, the one after. */
function instantOf(clock: Intl.DateTimeFormat, wall: number): number {
  const before = wall - offsetAt(clock, wall - DAY_MS)
  const after = wall - offsetAt(clock, wall + DAY_MS)
  return offsetAt(clock, before) === wall - before ? before : offsetAt(clock, after) === wall - after ? after : before
}

function offsetAt(clock: Intl.DateTimeFormat, at: number): number {
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - at
}
