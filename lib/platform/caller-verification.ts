import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { callerVerifications } from '#db/schema/helpdesk.ts'

/** By code: the caller had the bound phone in hand. The others are recorded on the word of the member of staff. */
export type VerificationMethod = 'phone_code' | 'call_back' | 'document'

export interface Verification {
  method: VerificationMethod
  at: Date
  until: Date
}

const LIFE = sql`interval '60 minutes'`

const living = (agent: string, mailbox: string) =>
  and(
    eq(callerVerifications.mailbox, mailbox),
    eq(callerVerifications.agent, agent),
    isNull(callerVerifications.endedAt),
    sql`${callerVerifications.verifiedAt} > now() - ${LIFE}`,
  )

/** Of this caller by this member of staff, while it lasts: an hour by the database's clock, or until the call is ended. */
export async function verificationOf(db: Queryable, agent: string, mailbox: string): Promise<Verification | null> {
  const [row] = await db
    .select({
      method: callerVerifications.method,
      at: callerVerifications.verifiedAt,
      until: sql`${callerVerifications.verifiedAt} + ${LIFE}`.mapWith(callerVerifications.verifiedAt),
    })
    .from(callerVerifications)
    .where(living(agent, mailbox))
    .orderBy(desc(callerVerifications.verifiedAt))
    .limit(1)
  return row ?? null
}

export async function keepVerification(
  db: Queryable,
  verification: { agent: string; mailbox: string; method: VerificationMethod; note: string | null },
): Promise<void> {
  await db.insert(callerVerifications).values(verification)
}

export async function endVerifications(db: Queryable, agent: string, mailbox: string): Promise<void> {
  await db.update(callerVerifications).set({ endedAt: sql`now()` }).where(living(agent, mailbox))
}
