import type { Sql } from 'postgres'
import { MailCoreError } from '../errors.ts'
import { unreachableUnless } from '../sql-errors.ts'
import { hashPassword, matchesHash } from './password-hash.ts'
import { unfitPassword } from './password-text.ts'
import type { Directory, PasswordChange, PasswordRefusal } from './port.ts'
import type { AccountRow, Accounts } from './sql-accounts.ts'

type Passwords = Pick<Directory, 'changePassword' | 'setPassword' | 'unlock'>

const refused = (reason: PasswordRefusal): PasswordChange => ({ ok: false, reason })

/** Of two who change one password at once, the second finds another hash than it has read, and begins again. */
export function sqlPasswords(sql: Sql, { read, refusalOf }: Accounts, history: () => number): Passwords {
  /** Null when the account was changed or disabled since it was read. */
  async function replace(row: AccountRow, next: string): Promise<PasswordChange | null> {
    const used = [row.password_hash, ...row.password_history.slice(0, history())]
    const again = await Promise.all(used.map((digest) => matchesHash(digest, next)))
    if (again.includes(true)) return refused('reused')
    const digest = await hashPassword(next)
    const { count } = await unknownIfLost(
      () => sql`
        update directory_accounts set password_hash = ${digest}, password_changed_at = now(), failures = 0, locked_until = null,
          password_history = (array[password_hash] || password_history)[1:${history()}]
        where address = ${row.address} and password_hash = ${row.password_hash} and not disabled`,
    )
    return count > 0 ? { ok: true } : null
  }

  async function change(address: string, current: string, next: string): Promise<PasswordChange> {
    const row = await read(address)
    if (!row) return refused('not_found')
    const reason = current === '' ? 'wrong_password' : await refusalOf(row, current)
    if (reason) return refused(reason)
    return (await replace(row, next)) ?? change(address, current, next)
  }

  async function set(address: string, next: string): Promise<PasswordChange> {
    const row = await read(address)
    if (!row) return refused('not_found')
    if (row.disabled) return refused('disabled')
    return (await replace(row, next)) ?? set(address, next)
  }

  return {
    async changePassword(address, current, next) {
      const unfit = unfitPassword(next)
      return unfit ? refused(unfit) : unreachableUnless(() => change(address, current, next))
    },
    async setPassword(address, next) {
      const unfit = unfitPassword(next)
      return unfit ? refused(unfit) : unreachableUnless(() => set(address, next))
    },
    unlock: (address) =>
      unreachableUnless(async () => {
        const row = await read(address)
        if (!row) return false
        await unknownIfLost(() => sql`update directory_accounts set failures = 0, locked_until = null where address = ${row.address}`)
        return true
      }),
  }
}

/** What postgres.js, a socket or a dying server says when the connection ended behind a statement that had gone out. */
const LOST = new Set(['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'ECONNRESET', 'EPIPE', '57P01', '57P02'])

/** A change whose answer does not come may have been made (F4). */
async function unknownIfLost<T>(change: () => PromiseLike<T>): Promise<T> {
  try {
    return await change()
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && LOST.has(String(cause.code))) throw new MailCoreError('timeout', { cause })
    throw cause
  }
}
