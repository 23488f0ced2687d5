import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Queryable } from '#db/client.ts'
import { seal } from '../crypto.ts'
import { enqueue } from '../jobs.ts'
import type { SmsPurpose } from './text.ts'

export interface NewSms {
  mailbox: string
  purpose: SmsPurpose
  /** E.164. */
  phone: string
  body: string
}

/** The row's own id is bound in, so that a cipher copied to another row does not open. */
export const phoneContext = (id: string): string => `sms:${id}:phone`
export const bodyContext = (id: string): string => `sms:${id}:body`

/** Puts a text and the job that sends it into the caller's transaction: both happen, or neither. Returns the message's id. */
export async function enqueueSms(tx: Queryable, { mailbox, purpose, phone, body }: NewSms): Promise<string> {
  const id = randomUUID()
  const country = parsePhoneNumberFromString(phone)?.country ?? null
  await tx.execute(sql`
    insert into sms_messages (id, mailbox, purpose, phone_cipher, body_cipher, country)
    values (${id}, ${mailbox}, ${purpose}, ${seal(phone, phoneContext(id))}, ${seal(body, bodyContext(id))}, ${country})`)
  await enqueue(tx, 'sms.send', { messageId: id })
  return id
}
