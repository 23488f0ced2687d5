import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import { unreachableUnless } from '../sql-errors.ts'
import type { AppPasswords } from './port.ts'

/** Asks the function that Dovecot's passdb asks, where there is no Dovecot. */
export function postgresAppPasswords(sql: Sql): AppPasswords {
  return {
    login: ({ address, secret, protocol, ip }) =>
      unreachableUnless(async () => {
        if (address.includes('\0')) return false
        const digest = createHash('sha256').update(secret).digest('hex')
        const rows = await sql`select from mail_login(${address}, ${digest}, ${protocol}, ${ip}, '')`
        return rows.length === 1
      }),
    check: () => unreachableUnless(async () => void (await sql`select from app_passwords limit 1`)),
  }
}
