import type { Sql } from '#db/client.ts'
import { open } from '../crypto.ts'
import { bodyContext, phoneContext } from '../sms/enqueue.ts'

/** A text as its receiver would read it. */
export interface Text {
  to: string
  /** Null when it was erased. */
  body: string | null
  purpose: string
}

export async function textsOf(owner: Sql, mailbox: string): Promise<Text[]> {
  const rows = await owner<{ id: string; phone_cipher: Uint8Array; body_cipher: Uint8Array | null; purpose: string }[]>`
    select id, phone_cipher, body_cipher, purpose from sms_messages where mailbox = ${mailbox} order by created_at, id`
  return rows.map(({ id, phone_cipher, body_cipher, purpose }) => ({
    to: open(phone_cipher, phoneContext(id)),
    body: body_cipher && open(body_cipher, bodyContext(id)),
    purpose,
  }))
}

/** The code in the newest text to a number. */
export function codeTo(texts: Text[], number: string): string {
  const code = /\b\d{6}\b/.exec(texts.findLast(({ to, purpose }) => to === number && purpose === 'code')?.body ?? '')?.[0]
  if (!code) throw new Error(`no code was sent to ${number}`)
  return code
}
