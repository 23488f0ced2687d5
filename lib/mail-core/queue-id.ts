// Postfix, "enable_long_queue_ids" (postconf(5)): seconds in base 52 (6 digits or more), microseconds in base 52 (4), `z`, a number in
// base 51. The digits are 0-9 and the consonants, upper case before lower case.
const DIGITS = '0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz'
const LONG =
  /^([0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{6,8})([0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{4})z([0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]{1,14})$/

function decode(text: string): number {
  let value = 0
  for (const digit of text) value = value * 52 + DIGITS.indexOf(digit)
  return value
}

function encode(value: bigint, base: bigint): string {
  let text = ''
  for (let rest = value; rest > 0n; rest /= base) text = DIGITS[Number(rest % base)] + text
  return text
}

/** When the mail with this long queue id arrived, in microseconds since 1970; null when it is no long queue id. */
export function arrivalOf(queueId: string): number | null {
  const [, seconds, micros] = LONG.exec(queueId) ?? []
  if (seconds === undefined || micros === undefined) return null
  const fraction = decode(micros)
  return fraction < 1_000_000 ? decode(seconds) * 1_000_000 + fraction : null
}

/** A long queue id for an arrival (microseconds since 1970) that no queue file stands for; `serial` tells two of one moment apart. */
export function queueIdOf(arrival: number, serial: bigint): string {
  const [seconds, micros] = [Math.floor(arrival / 1_000_000), arrival % 1_000_000]
  return `${encode(BigInt(seconds), 52n).padStart(6, '0')}${encode(BigInt(micros), 52n).padStart(4, '0')}z${encode(serial, 51n) || '0'}`
}
