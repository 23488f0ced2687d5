import type { Sql } from 'postgres'
import { hashPassword, matchesHash } from './password-hash.ts'
import type { DirectoryAccount } from './port.ts'

const LOCK_AFTER = 10

export interface AccountRow {
  address: string
  login: string
  name: string
  name_en: string | null
  number: string | null
  unit: string | null
  office_phone: string | null
  password_hash: string
  password_history: string[]
  password_changed_at: Date
  password_expires_at: Date | null
  disabled: boolean
  groups: string[]
  locked: boolean
  expired: boolean
}

export const toAccount = (row: AccountRow): DirectoryAccount => ({
  address: row.address,
  login: row.login,
  name: row.name,
  nameEn: row.name_en,
  number: row.number,
  unit: row.unit,
  officePhone: row.office_phone,
  disabled: row.disabled,
  locked: row.locked,
  mustChange: false,
  passwordChangedAt: row.password_changed_at,
  passwordExpiresAt: row.password_expires_at,
  groups: row.groups,
})

export type Accounts = ReturnType<typeof sqlAccounts>

/** Rows of `directory_accounts`, and who may use their passwords. */
export function sqlAccounts(sql: Sql, maxAgeDays: () => number | null) {
  const maxAge = () => {
    const days = maxAgeDays()
    return sql`make_interval(hours => ${days === null ? null : days * 24}::int)`
  }
  /** An unknown account costs as much as a known one (T1). */
  let decoy: Promise<string> | undefined

  return {
    maxAge,

    async read(name: string): Promise<AccountRow | undefined> {
      if (name.includes('\0')) return undefined
      const wanted = name.toLowerCase()
      const [row] = await sql<AccountRow[]>`
        select *, locked_until > now() is true as locked, password_changed_at + ${maxAge()} as password_expires_at,
          password_changed_at + ${maxAge()} <= now() is true as expired
        from directory_accounts where address = ${wanted} or login = ${wanted}`
      return row
    },

    /** Null when this is the password of an account that may use it. A wrong one counts. */
    async refusalOf(row: AccountRow | undefined, password: string): Promise<'wrong_password' | 'locked' | 'disabled' | null> {
      decoy ??= hashPassword('decoy')
      const right = await matchesHash(row?.password_hash ?? (await decoy), password)
      if (!row) return 'wrong_password'
      if (row.locked) return 'locked'
      if (!right) {
        await countFailure(sql, row.address)
        return 'wrong_password'
      }
      if (row.disabled) return 'disabled'
      await sql`update directory_accounts set failures = 0, locked_until = null where address = ${row.address} and failures > 0`
      return null
    },
  }
}

/** A lock that has ended leaves no count behind. */
async function countFailure(sql: Sql, address: string): Promise<void> {
  await sql`
    update directory_accounts set failures = counted.failures,
      locked_until = case when counted.failures >= ${LOCK_AFTER} then now() + interval '5 minutes' end
    from (
      select address, case when locked_until <= now() then 1 else failures + 1 end as failures
      from directory_accounts where address = ${address} for update
    ) as counted
    where directory_accounts.address = counted.address`
}
