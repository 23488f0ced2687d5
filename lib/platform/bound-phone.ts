import { eq, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { phones } from '#db/schema/phone.ts'
import type { AuthorizedMailbox } from './actor.ts'
import { blindIndex, open } from './crypto.ts'
import { maskPhone } from './phone-number.ts'

export interface BoundPhone {
  number: string
  masked: string
  index: Uint8Array
  boundAt: Date
  /** Set while the cooling-off after a change lasts (T11). */
  coolingUntil: Date | null
}

/** So many last digits staff search by. */
export const ENDING_DIGITS = 4
/** A keyed digest of the last digits: among phones alone, so that it is no digest of a number. */
export const endingIndex = (number: string): Uint8Array => blindIndex(`ending:${number.slice(-ENDING_DIGITS)}`)

export const phoneContext = (mailbox: string) => `phone:${mailbox}`

export async function boundPhone(db: Queryable, mailbox: AuthorizedMailbox): Promise<BoundPhone | null> {
  const [row] = await db
    .select({
      cipher: phones.numberCipher,
      index: phones.numberIndex,
      boundAt: phones.boundAt,
      coolingUntil: sql<string | null>`case when ${phones.coolingUntil} > now() then ${phones.coolingUntil} end`,
    })
    .from(phones)
    .where(eq(phones.mailbox, mailbox))
  if (!row) return null
  const number = open(row.cipher, phoneContext(mailbox))
  return {
    number,
    masked: maskPhone(number),
    index: row.index,
    boundAt: row.boundAt,
    coolingUntil: row.coolingUntil ? new Date(row.coolingUntil) : null,
  }
}
