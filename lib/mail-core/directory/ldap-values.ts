import type { Entry } from 'ldapts'

type Value = Entry[string] | undefined

export const strings = (value: Value): string[] =>
  [value ?? []].flat().map((part) => (typeof part === 'string' ? part : part.toString('utf8')))

/** RFC 4517 3.3.13, in UTC as OpenLDAP writes it: 20261123093913Z. */
export function generalizedTime(value: Value): Date | null {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,]\d+)?Z$/.exec(String(value)) ?? []
  return year ? new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : null
}

/** The same, written: whole seconds. */
export const toGeneralizedTime = (time: Date): string => `${time.toISOString().replace(/[-:T]|\.\d+Z$/g, '')}Z`

/** 100 ns steps since 1601; 0 is "must change", the largest number "never". */
export function fileTime(value: Value): Date | null {
  const steps = /^\d{1,19}$/.test(String(value)) ? BigInt(String(value)) : 0n
  if (steps === 0n || steps === 2n ** 63n - 1n) return null
  return new Date(Number(steps / 10_000n) - 11_644_473_600_000)
}
