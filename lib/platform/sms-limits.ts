import { blindIndex } from './crypto.ts'
import { env } from './env.ts'
import type { Limit } from './rate-limit.ts'
import { isCampus, subscriberOf } from './request.ts'

const code = 'sms_limit' as const
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

interface Texts {
  mailbox: string
  numbers: string[]
  ip: string | null
}

/** Between two codes. */
export const RESEND_SECONDS = 60

const each = (who: string): Limit[] => [
  { key: `sms:${who}`, limit: 1, per: `${RESEND_SECONDS} seconds`, code },
  { key: `sms:${who}`, limit: 3, per: '15 minutes', code },
  { key: `sms:${who}`, limit: env().SMS_CODES_PER_DAY, per: '24 hours', code },
]

/** Against SMS pumping (T8): codes by person, by number, by address, by block of numbers, and for the site by day. */
export function codeLimits({ mailbox, numbers, ip }: Texts): Limit[] {
  const phones = numbers.flatMap((number) => each(`phone:${hex(blindIndex(number))}`))
  return [...each(`user:${mailbox}`), ...phones, ...commonLimits(numbers, ip)]
}

/**
 * An app password goes to a number that is bound already, after a recent sign-in, and 20 times at most: nothing to pump.
 * It need not wait for the minute after the code that bound the number, and takes nothing from the codes of the day.
 */
export function appPasswordTextLimits({ mailbox, numbers, ip }: Texts): Limit[] {
  return [{ key: `sms:app-password:${mailbox}`, limit: 20, per: '24 hours', code }, ...commonLimits(numbers, ip)]
}

/** What may be asked without a session, counted alike for accounts that exist and that do not (T1); the job that sends counts the rest. */
export const codeRequestLimits = ({ account, ip }: { account: string; ip: string | null }): Limit[] => [...each(account), ...ofAddress(ip)]

/** A notice to a bound number, which nobody chose just now. */
export const noticeTextLimits = (mailbox: string, number: string): Limit[] => [
  { key: `sms:notice:${mailbox}`, limit: 5, per: '24 hours', code },
  ...commonLimits([number], null),
]

function commonLimits(numbers: string[], ip: string | null): Limit[] {
  return [
    ...numbers.map((number): Limit => ({ key: `sms:block:${hex(blindIndex(number.slice(0, -3)))}`, limit: 20, per: '1 hour', code })),
    ...ofAddress(ip),
    { key: 'sms:site', limit: env().SMS_DAILY_BUDGET, per: '24 hours', code: 'sms_budget' },
  ]
}

const ofAddress = (ip: string | null): Limit[] => {
  if (!ip) return []
  const { SMS_CODES_PER_ADDRESS, SMS_CODES_PER_CAMPUS_ADDRESS } = env()
  return [
    { key: `sms:ip:${subscriberOf(ip)}`, limit: isCampus(ip) ? SMS_CODES_PER_CAMPUS_ADDRESS : SMS_CODES_PER_ADDRESS, per: '1 hour', code },
  ]
}
