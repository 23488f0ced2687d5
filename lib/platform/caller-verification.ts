import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { callerVerifications } from '#db/schema/helpdesk.ts'

/** By code: the caller had the bound phone in hand. The others are recorded on the word of the member of staff. */
export type VerificationMethod = 'phone_code' | 'call_back' | 'document'

export interface Verification {
  method: VerificationMethod
  at: Date
  until: Date
  endsInSeconds: number
}

const LIFE = sql`interval '60 minutes'`

const livingOf = (agent: string) =>
  and(eq(callerVerifications.agent, agent), isNull(callerVerifications.endedAt), sql`${callerVerifications.verifiedAt} > now() - ${LIFE}`)
const living = (agent: string, mailbox: string) => and(eq(callerVerifications.mailbox, mailbox), livingOf(agent))

const UNTIL = sql`${callerVerifications.verifiedAt} + ${LIFE}`
const COLUMNS = {
  method: callerVerifications.method,
  at: callerVerifications.verifiedAt,
  until: UNTIL.mapWith(callerVerifications.verifiedAt),
  endsInSeconds: sql<number>`ceil(extract(epoch from ${UNTIL} - now()))::int`,
}

/** Of this caller by this member of staff, while it lasts: an hour by the database's clock, or until the call is ended. */
export async function verificationOf(db: Queryable, agent: string, mailbox: string): Promise<Verification | null> {
  const [row] = await db
    .select(COLUMNS)
    .from(callerVerifications)
    .where(living(agent, mailbox))
    .orderBy(desc(callerVerifications.verifiedAt))
    .limit(1)
  return row ?? null
}

/** Whom this member of staff has verified, while it lasts; each mailbox once, the latest first. */
export async function verifiedBy(db: Queryable, agent: string): Promise<(Verification & { mailbox: string })[]> {
  const rows = await db
    .select({ mailbox: callerVerifications.mailbox, ...COLUMNS })
    .from(callerVerifications)
    .where(livingOf(agent))
    .orderBy(desc(callerVerifications.verifiedAt))
  return rows.filter(({ mailbox }, place) => rows.findIndex((row) => row.mailbox === mailbox) === place)
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
