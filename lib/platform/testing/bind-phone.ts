import { sql } from 'drizzle-orm'
import { endingIndex, phoneContext } from '../bound-phone.ts'
import type { Resources } from '../context.ts'
import { blindIndex, seal } from '../crypto.ts'

/** A phone that was bound long ago, without the errand of the codes. */
export async function bindPhone({ db }: Resources, mailbox: string, number: string): Promise<void> {
  await db.execute(sql`
    insert into phones (mailbox, number_cipher, number_index, ending_index, country, bound_at)
    values (${mailbox}, ${seal(number, phoneContext(mailbox))}, ${blindIndex(number)}, ${endingIndex(number)}, 'CN', now() - interval '100 days')`)
}
