import type { Queryable } from '#db/client.ts'
import { AppError } from './errors.ts'
import { checkLimit, type Limit, takeLimits } from './rate-limit.ts'
import { isCampus, subscriberOf } from './request.ts'

const code = 'code_exhausted' as const
const ofSite = (flow: string): Limit => ({ key: `code-wrong:${flow}:site`, limit: 50, per: '1 minute', code })
const ofAccount = (account: string): Limit => ({ key: `code-wrong:${account}`, limit: 10, per: '24 hours', code })
/** One address alone cannot use up what the site lets through. */
const ofAddress = (ip: string): Limit => ({
  key: `code-wrong:ip:${subscriberOf(ip)}`,
  limit: isCampus(ip) ? 600 : 20,
  per: '10 minutes',
  code,
})

/**
 * 10 wrong codes a day an account, 50 a minute for the site: then not even the right one counts (T2, T3). `flow` keeps strangers' guesses
 * apart from those of people who are signed in, and of callers at the helpdesk.
 */
export const guessLimits = (flow: 'phone' | 'reset' | 'helpdesk', account: string): Limit[] => [
  ofAccount(`${flow}:${account}`),
  ofSite(flow),
]

export async function refuseGuessers(db: Queryable, limits: Limit[]): Promise<void> {
  for (const limit of limits) await checkLimit(db, limit)
}

/** For those who are not signed in: also by address. */
export const strangerLimits = (ip: string | null): Limit[] => (ip ? [ofAddress(ip)] : [])

/** Whether the account behind a typed name is closed; for where nobody may hear that there is one (T1). */
export const isClosed = (db: Queryable, account: string): Promise<boolean> => refused(checkLimit(db, ofAccount(`behind:${account}`)))

/** The same wrong code, for the account behind the typed name. */
export const countBehind = (db: Queryable, account: string): Promise<boolean> => refused(takeLimits(db, [ofAccount(`behind:${account}`)]))

const refused = (limit: Promise<void>): Promise<boolean> =>
  limit.then(
    () => false,
    (error) => {
      if (error instanceof AppError) return true
      throw error
    },
  )
