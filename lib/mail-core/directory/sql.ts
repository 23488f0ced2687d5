import type { Sql } from 'postgres'
import { unreachableUnless } from '../sql-errors.ts'
import type { Authentication, Directory } from './port.ts'
import { isSearchable } from './search-text.ts'
import { sqlAccounts, toAccount } from './sql-accounts.ts'
import { sqlPasswords } from './sql-passwords.ts'
import { searchSql } from './sql-search.ts'

export { hashPassword } from './password-hash.ts'

/** Read anew at each use: a site may change it while the portal runs. */
export interface SqlDirectoryConfig {
  /** So many earlier passwords may not come back; 5. */
  history?: number
  /** Passwords expire after so many days; null, as left out, never. */
  maxAgeDays?: number | null
}

const PAGE = 200

/** The embedded directory: table `directory_accounts`. */
export function sqlDirectory(sql: Sql, config: SqlDirectoryConfig = {}): Directory {
  const accounts = sqlAccounts(sql, () => config.maxAgeDays ?? null)
  const { read, refusalOf, maxAge } = accounts

  const authenticate = async (name: string, password: string): Promise<Authentication> => {
    if (password === '') return { ok: false, reason: 'wrong_password' }
    const row = await read(name)
    const reason = await refusalOf(row, password)
    if (reason || !row) return { ok: false, reason: reason ?? 'wrong_password' }
    return row.expired ? { ok: false, reason: 'expired' } : { ok: true, account: toAccount(row) }
  }

  /** Page after page by address, which stays while times change. */
  async function* passwordsExpiring(from: Date, to: Date) {
    for (let after = '', more = typeof config.maxAgeDays === 'number'; more; ) {
      const page = await unreachableUnless(
        () => sql<{ address: string; expiresAt: Date }[]>`
          select address, password_changed_at + ${maxAge()} as "expiresAt" from directory_accounts
          where password_changed_at + ${maxAge()} >= ${from} and password_changed_at + ${maxAge()} < ${to} and not disabled
            and address > ${after} order by address limit ${PAGE}`,
      )
      more = page.length === PAGE
      after = page.at(-1)?.address ?? ''
      if (page.length > 0) yield [...page]
    }
  }

  return {
    find: (name) =>
      unreachableUnless(async () => {
        const row = await read(name)
        return row ? toAccount(row) : null
      }),
    authenticate: (name, password) => unreachableUnless(() => authenticate(name, password)),
    search: async (text, limit) => (isSearchable(text) ? [...(await unreachableUnless(() => searchSql(sql, text.trim(), limit)))] : []),
    enabled: (addresses) =>
      unreachableUnless(async () => {
        const possible = addresses.filter((address) => !address.includes('\0'))
        const rows = await sql`select address from directory_accounts where address = any(${possible}) and not disabled`
        return new Set(rows.map((row) => row.address as string))
      }),
    ...sqlPasswords(sql, accounts, () => config.history ?? 5),
    passwordsExpiring,
    countLocked: () =>
      unreachableUnless(async () => {
        const [row] = await sql<{ count: number }[]>`select count(*)::int from directory_accounts where locked_until > now()`
        return row?.count ?? 0
      }),
    check: () => unreachableUnless(async () => void (await sql`select from directory_accounts limit 1`)),
  }
}
