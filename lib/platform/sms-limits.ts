import { blindIndex } from './crypto.ts'
import { env } from './env.ts'
import type { Limit } from './rate-limit.ts'
import { networkOf, subscriberOf } from './request.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** Against SMS pumping (T8): by person, by number, by address, by block of numbers, and for the site by day. */
export function smsLimits({ mailbox, numbers, ip }: { mailbox: string; numbers: string[]; ip: string | null }): Limit[] {
  const code = 'sms_limit' as const
  const each = (who: string): Limit[] => [
    { key: `sms:${who}`, limit: 1, per: '60 seconds', code },
    { key: `sms:${who}`, limit: 3, per: '15 minutes', code },
    { key: `sms:${who}`, limit: 5, per: '24 hours', code },
  ]
  return [
    ...each(`user:${mailbox}`),
    ...numbers.flatMap((number) => each(`phone:${hex(blindIndex(number))}`)),
    ...numbers.map((number): Limit => ({ key: `sms:block:${hex(blindIndex(number.slice(0, -3)))}`, limit: 20, per: '1 hour', code })),
    ...(ip ? [{ key: `sms:ip:${subscriberOf(ip)}`, limit: isCampus(ip) ? 300 : 10, per: '1 hour', code }] : []),
    { key: 'sms:site', limit: env().SMS_DAILY_BUDGET, per: '24 hours', code: 'sms_budget' },
  ]
}

/** Many people stand behind one address of a network that the site has named. */
const isCampus = (ip: string) => !/[/:]/.test(networkOf(ip) ?? '/')
