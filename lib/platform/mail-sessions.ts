import { z } from 'zod'
import type { Queryable } from '#db/client.ts'
import { enqueue, type Jobs } from './jobs.ts'

const TASK = 'mail.end-sessions'

/** Ends a mailbox's open mail sessions once the transaction is committed; the clients whose secret still works come back by themselves. */
export const enqueueEndOfMailSessions = (tx: Pick<Queryable, 'execute'>, mailbox: string): Promise<void> => enqueue(tx, TASK, { mailbox })

export const mailSessionJobs: Jobs = {
  tasks: { [TASK]: (payload, { mail }) => mail.mailbox.endSessions(z.object({ mailbox: z.string() }).parse(payload).mailbox) },
}
