import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'

/** Whoever signed in as one within the last 90 days, and who answers for what they are told about. */
export async function administrators(tx: Queryable, owner: string): Promise<string[]> {
  const rows = await tx.execute<{ mailbox: string }>(sql`
    select mailbox from sessions where 'admin' = any(roles) and created_at > now() - interval '90 days' union select ${owner} order by 1`)
  return rows.map(({ mailbox }) => mailbox)
}
