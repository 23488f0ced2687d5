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
  const code = /\b\d{6}\b/.exec(texts.findLast(({ to, purpose }) => to === number && /code$/.test(purpose))?.body ?? '')?.[0]
  if (!code) throw new Error(`no code was sent to ${number}`)
  return code
}

/** The code of a reset in the newest text that the demo phone got: sent texts are erased here, not there. */
export async function resetCodeOn(owner: Sql, number: string): Promise<string> {
  const [text] = await owner<{ code: string | null }[]>`
    select substring(body from '\\m\\d{8}\\M') as code from demo_phone_messages
    where to_number = ${number} and body ~ '\\m\\d{8}\\M' order by created_at desc limit 1`
  if (!text?.code) throw new Error(`no code was sent to ${number}`)
  return text.code
}

/** The worker looks up who a reset is for, and the second passes before which nobody learns anything of it. */
export async function lookUp(house: { owner: Sql; work(): Promise<void> }): Promise<void> {
  await house.work()
  await house.owner`update reset_flows set sent_at = sent_at - interval '1 second', code_for = code_for - interval '1 second'`
}
