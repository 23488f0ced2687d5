import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { open } from '../crypto.ts'
import { log } from '../log.ts'
import { bodyContext, phoneContext } from './enqueue.ts'
import { partsOf } from './parts.ts'
import { rankOf, SmsError, type SmsProvider, type SmsReason, type SmsState } from './port.ts'

export interface SmsSender {
  db: Queryable
  provider: SmsProvider
  /** ISO 3166 codes that a text may go to (T8). */
  countries: string[]
  /** Of one part of a text, by country, in millionths of the currency; where none is known a text costs nothing. */
  prices: Record<string, number>
}

type Failure = SmsReason | 'expired' | 'unavailable'

/** With graphile-worker's back-off (exp(n) seconds) the sixth try is 4 minutes after the first: later, a code is of no use. */
const MOST_ATTEMPTS = 6

/**
 * Sends a queued message at most once; what cannot be known to have failed is not tried again (F8).
 * @throws SmsError `unavailable` when the job shall run again
 */
export async function sendSms({ db, provider, countries, prices }: SmsSender, id: string): Promise<void> {
  const message = await claim(db, id)
  if (!message) return settleInterrupted(db, id)
  if (message.late) return fail(db, id, 'expired')
  if (!message.country || !countries.includes(message.country)) return fail(db, id, 'region_not_allowed')
  const sent = await deliver(provider, id, message)
  if (!(sent instanceof SmsError)) return accept(db, id, sent, (prices[message.country] ?? 0) * sent.parts)
  log.warn({ messageId: id, kind: sent.kind, reason: sent.reason, error: sent }, 'a text was not sent')
  if (sent.kind === 'unknown') return settle(db, id, 'unknown', null)
  if (sent.kind === 'refused') return fail(db, id, sent.reason ?? 'rejected')
  if (message.attempts >= MOST_ATTEMPTS) return fail(db, id, 'unavailable')
  await putBack(db, id)
  // Without the cause: the worker's table keeps what is thrown, and a provider's words may hold the number.
  throw new SmsError('unavailable')
}

/**
 * What a crash left behind: a message in sending for 5 minutes (30 times the provider's time-out) has an unknown fate,
 * one queued for a day is of no use. So no text is kept longer than a day (T23).
 */
export async function settleAbandonedSms(db: Queryable): Promise<void> {
  await db.execute(sql`
    update sms_messages set state = 'unknown', body_cipher = null, updated_at = now()
     where state = 'sending' and provider_id is null and updated_at < now() - interval '5 minutes'`)
  await db.execute(sql`
    update sms_messages set state = 'failed', rank = ${rankOf('failed')}, error = 'expired', body_cipher = null, updated_at = now()
     where state = 'queued' and created_at < now() - interval '1 day'`)
}

interface Claimed extends Record<string, unknown> {
  phone_cipher: Uint8Array
  body_cipher: Uint8Array
  country: string | null
  attempts: number
  /** A code that has expired by the database's clock (F11). */
  late: boolean
}

/** One winner takes the message from queued to sending. */
async function claim(db: Queryable, id: string): Promise<Claimed | undefined> {
  const [claimed] = await db.execute<Claimed>(sql`
    update sms_messages set state = 'sending', rank = ${rankOf('sending')}, attempts = attempts + 1, updated_at = now()
     where id = ${id} and state = 'queued'
    returning phone_cipher, body_cipher, country, attempts,
              purpose = 'code' and created_at < now() - interval '5 minutes' as late`)
  return claimed
}

/** A second run that finds the message already being sent cannot know whether the first one got through (F3, F8). */
async function settleInterrupted(db: Queryable, id: string): Promise<void> {
  await db.execute(sql`
    update sms_messages set state = 'unknown', body_cipher = null, updated_at = now()
     where id = ${id} and state = 'sending' and provider_id is null`)
}

/** A message that does not open was certainly not sent; the key may yet be put back. */
async function deliver(provider: SmsProvider, id: string, { phone_cipher, body_cipher }: Claimed) {
  let message: { to: string; body: string }
  try {
    message = { to: open(phone_cipher, phoneContext(id)), body: open(body_cipher, bodyContext(id)) }
  } catch (cause) {
    return new SmsError('unavailable', { cause })
  }
  try {
    return { ...(await provider.send({ ...message, reference: id })), parts: partsOf(message.body) }
  } catch (cause) {
    return cause instanceof SmsError ? cause : new SmsError('unknown', { cause })
  }
}

/** A report may have come before the provider's own answer, so the state moves only forward here too (F9). */
async function accept(db: Queryable, id: string, { providerId, state }: { providerId: string; state: SmsState }, cost: number) {
  const rank = rankOf(state)
  await db.execute(sql`
    update sms_messages
       set state = case when rank <= ${rank} then ${state} else state end, rank = greatest(rank, ${rank}),
           provider_id = ${providerId}, cost_micros = ${cost}, body_cipher = null, sent_at = coalesce(sent_at, now()), updated_at = now()
     where id = ${id}`)
}

const fail = (db: Queryable, id: string, failure: Failure) => settle(db, id, 'failed', failure)

/** The end of our own doing; the text is no longer needed (T23). A report that came meanwhile knows better. */
async function settle(db: Queryable, id: string, state: SmsState, failure: Failure | null): Promise<void> {
  await db.execute(sql`
    update sms_messages
       set state = ${state}, rank = ${rankOf(state)}, error = ${failure}, body_cipher = null, updated_at = now()
     where id = ${id} and state = 'sending' and provider_id is null`)
}

async function putBack(db: Queryable, id: string): Promise<void> {
  await db.execute(sql`
    update sms_messages set state = 'queued', rank = ${rankOf('queued')}, updated_at = now()
     where id = ${id} and state = 'sending' and provider_id is null`)
}
