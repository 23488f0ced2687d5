import type { Queryable } from '#db/client.ts'
import { AppError } from './errors.ts'
import { checkLimit, type Limit, takeLimits } from './rate-limit.ts'

const SITE: Limit = { key: 'code-wrong:site', limit: 50, per: '1 minute', code: 'code_exhausted' }
const ofAccount = (account: string): Limit => ({ key: `code-wrong:${account}`, limit: 10, per: '24 hours', code: 'code_exhausted' })

/** 10 wrong codes a day an account, 50 a minute for the site: then not even the right one counts (T2, T3). */
export const guessLimits = (account: string): Limit[] => [ofAccount(account), SITE]

export async function refuseGuessers(db: Queryable, account: string): Promise<void> {
  for (const limit of guessLimits(account)) await checkLimit(db, limit)
}

export const countWrongCode = (db: Queryable, account: string): Promise<void> => takeLimits(db, guessLimits(account))

/** Whether the account behind a typed name is closed; for where nobody may hear that there is one (T1). */
export const isClosed = (db: Queryable, account: string): Promise<boolean> => refused(checkLimit(db, ofAccount(account)))

/** The same wrong code, for the account behind the typed name. */
export const countBehind = (db: Queryable, account: string): Promise<boolean> => refused(takeLimits(db, [ofAccount(account)]))

const refused = (limit: Promise<void>): Promise<boolean> =>
  limit.then(
    () => false,
    (error) => {
      if (error instanceof AppError) return true
      throw error
    },
  )
