import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { type RequestAbout, staffRequests } from '#db/schema/helpdesk.ts'
import type { RequestKind } from './request-kinds.ts'
import { emit } from './webhooks/events.ts'

export interface NewRequest {
  mailbox: string
  kind: RequestKind
  about: RequestAbout
  /** The owner's, or of the member of staff who asks on the owner's behalf. */
  words: string
  /** Of staff: who asks has said yes already. */
  by?: { agent: string; supervisor: boolean; ticket: string }
}

/** Puts something before the staff; whoever listens hears of it once the transaction is committed. Null when it waits there already. */
export async function fileRequest(tx: Queryable, { by, ...request }: NewRequest): Promise<string | null> {
  const asked = by && { requestedBy: by.agent, firstBy: by.agent, firstIsSupervisor: by.supervisor, ticket: by.ticket }
  const [row] = await tx
    .insert(staffRequests)
    .values({ ...request, ...asked })
    .onConflictDoNothing()
    .returning({ id: staffRequests.id })
  if (!row) return null
  await emit(tx, 'request.filed', { request: row.id, kind: request.kind })
  return row.id
}

const named = (mailbox: string, id: string) => and(eq(staffRequests.mailbox, mailbox), eq(staffRequests.id, id))

export const changeRequest = async (tx: Queryable, mailbox: string, id: string, about: RequestAbout): Promise<void> =>
  void (await tx.update(staffRequests).set({ about }).where(named(mailbox, id)))

/** Those that were made about a phone other than the one that is bound: they would never be carried out. */
export async function withdrawOtherUnbindings(tx: Queryable, mailbox: string, boundAt: string): Promise<void> {
  const rows = await tx
    .delete(staffRequests)
    .where(
      and(
        eq(staffRequests.mailbox, mailbox),
        eq(staffRequests.kind, 'phone_unbinding'),
        inArray(staffRequests.state, ['open', 'taken']),
        sql`${staffRequests.about} ->> 'boundAt' is distinct from ${boundAt}`,
      ),
    )
    .returning({ id: staffRequests.id })
  for (const { id } of rows) await emit(tx, 'request.withdrawn', { request: id })
}

export async function withdrawRequest(tx: Queryable, mailbox: string, id: string): Promise<void> {
  await tx.delete(staffRequests).where(named(mailbox, id))
  await emit(tx, 'request.withdrawn', { request: id })
}
