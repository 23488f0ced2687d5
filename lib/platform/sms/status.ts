import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { rankOf, type SmsReason, type SmsState } from './port.ts'

export interface StatusReport {
  messageId: string
  providerId: string
  state: SmsState
  /** Null when nothing went wrong. */
  reason: SmsReason | null
}

/**
 * Takes a provider's report, once and only forward (T14, F9). One statement, so that reports that arrive together
 * cannot undo each other. News of a message whose fate was unknown is always forward (F8), and ends the need for its text (T23).
 * Returns whether anything changed.
 */
export async function recordStatus(db: Queryable, { messageId, providerId, state, reason }: StatusReport): Promise<boolean> {
  const rank = rankOf(state)
  const changed = await db.execute(sql`
    update sms_messages
       set state = ${state}, rank = ${rank}, provider_id = ${providerId}, error = ${reason}, body_cipher = null,
           sent_at = coalesce(sent_at, now()), updated_at = now()
     where id = ${messageId}
       and (provider_id is null or provider_id = ${providerId})
       and (rank < ${rank} or (rank = ${rank} and state = 'unknown'))
    returning id`)
  return changed.length > 0
}
