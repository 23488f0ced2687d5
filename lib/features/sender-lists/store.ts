import { and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { senderLists, senderRules } from '#db/schema/sender-lists.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'

const counts = or(isNull(senderRules.expiresAt), gt(senderRules.expiresAt, sql`now()`))

/** The rules that count, the newest first; of these senders only, if any are named. */
export function rulesOf(db: Queryable, mailbox: AuthorizedMailbox, senders?: string[]) {
  const { sender, verdict, createdAt, expiresAt, hits, lastHitAt } = senderRules
  return db
    .select({ sender, verdict, createdAt, expiresAt, hits, lastHitAt })
    .from(senderRules)
    .where(and(eq(senderRules.mailbox, mailbox), counts, senders && inArray(sender, senders)))
    .orderBy(desc(createdAt), sender)
}

/** False while the filter has still to be told. */
export async function isTold(db: Queryable, mailbox: AuthorizedMailbox): Promise<boolean> {
  const [list] = await db.select({ toldAt: senderLists.toldAt }).from(senderLists).where(eq(senderLists.mailbox, mailbox))
  return list === undefined || list.toldAt !== null
}

/** The end of each of these days where the site is; without those that are over, or more than ten years away. */
export async function endsOf(db: Queryable, days: string[], zone: string): Promise<Map<string, Date>> {
  if (days.length === 0) return new Map()
  const rows = await db.execute<{ day: string; ends: string }>(sql`
    select day, ends from jsonb_array_elements_text(${JSON.stringify(days)}::text::jsonb) day,
      lateral (select ((day::date + 1)::timestamp at time zone ${zone}) - interval '1 second' as ends) e
    where ends > now() and ends < now() + interval '10 years'`)
  return new Map(rows.map(({ day, ends }) => [day, new Date(ends)]))
}
