import { hash, verify } from '@node-rs/argon2'
import type { Sql } from 'postgres'
import { unreachableUnless } from '../sql-errors.ts'
import type { Authentication, Directory, DirectoryAccount } from './port.ts'

/** OWASP Password Storage: Argon2id, 19 MiB, 2 passes, 1 lane. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const LOCK_AFTER = 10

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), ARGON2ID)

interface Row {
  address: string
  login: string
  name: string
  name_en: string | null
  password_hash: string
  password_changed_at: Date
  disabled: boolean
  groups: string[]
  locked: boolean
}

const toAccount = (row: Row): DirectoryAccount => ({
  address: row.address,
  login: row.login,
  name: row.name,
  nameEn: row.name_en,
  disabled: row.disabled,
  passwordChangedAt: row.password_changed_at,
  groups: row.groups,
})

/** The embedded directory: table `directory_accounts`. */
export function sqlDirectory(sql: Sql): Directory {
  const read = async (name: string): Promise<Row | undefined> => {
    const wanted = name.toLowerCase()
    const [row] = await sql<Row[]>`
      select *, locked_until > now() is true as locked from directory_accounts where address = ${wanted} or login = ${wanted}`
    return row
  }

  /** An unknown account costs as much as a known one (T1). */
  let decoy: Promise<string> | undefined
  const matches = async (row: Row | undefined, password: string) => {
    decoy ??= hashPassword('decoy')
    return verify(row?.password_hash ?? (await decoy), password.normalize('NFC'))
  }

  const authenticate = async (name: string, password: string): Promise<Authentication> => {
    if (password === '' || name.includes('\0')) return { ok: false, reason: 'wrong_password' }
    const row = await read(name)
    const right = await matches(row, password)
    if (!row) return { ok: false, reason: 'wrong_password' }
    if (row.locked) return { ok: false, reason: 'locked' }
    if (!right) {
      await sql`update directory_accounts set failures = failures + 1,
        locked_until = case when failures + 1 >= ${LOCK_AFTER} then now() + interval '5 minutes' end where address = ${row.address}`
      return { ok: false, reason: 'wrong_password' }
    }
    if (row.disabled) return { ok: false, reason: 'disabled' }
    await sql`update directory_accounts set failures = 0, locked_until = null where address = ${row.address} and failures > 0`
    return { ok: true, account: toAccount(row) }
  }

  return {
    find: (name) =>
      unreachableUnless(async () => {
        const row = name.includes('\0') ? undefined : await read(name)
        return row ? toAccount(row) : null
      }),
    authenticate: (name, password) => unreachableUnless(() => authenticate(name, password)),
    enabled: (addresses) =>
      unreachableUnless(async () => {
        const possible = addresses.filter((address) => !address.includes('\0'))
        const rows = await sql`select address from directory_accounts where address = any(${possible}) and not disabled`
        return new Set(rows.map((row) => row.address as string))
      }),
    check: () => unreachableUnless(async () => void (await sql`select from directory_accounts limit 1`)),
  }
}
