import type { Sql } from 'postgres'
import { unreachableUnless } from '../sql-errors.ts'
import type { SenderRules, SenderVerdict } from './port.ts'

/** The embedded judge reads the portal's own table for every mail: what is saved there is told. */
export function embeddedSenderRules(sql: Sql): SenderRules {
  const check = () => unreachableUnless(async () => void (await sql`select from sender_rules limit 1`))
  return {
    replace: check,
    verdictOf: (mailbox, sender) =>
      unreachableUnless(async () => {
        if (sender.includes('\0') || mailbox.includes('\0')) return null
        const [rule] = await sql<{ verdict: SenderVerdict }[]>`select verdict from sender_rule(${mailbox.toLowerCase()}, ${[sender]})`
        return rule?.verdict ?? null
      }),
    check,
  }
}
