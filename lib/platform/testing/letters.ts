import PostalMime, { type Email } from 'postal-mime'
import type { House } from './house.ts'

/** What came to a mailbox of the embedded store, oldest first: as octets, and read. */
export async function lettersTo({ owner }: House, mailbox: string): Promise<(Email & { raw: Buffer })[]> {
  const rows = await owner<{ raw: Uint8Array }[]>`select raw from mailbox_messages where address = ${mailbox} order by received_at`
  return Promise.all(rows.map(async ({ raw }) => ({ ...(await PostalMime.parse(raw)), raw: Buffer.from(raw) })))
}
