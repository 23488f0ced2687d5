import { setTimeout as delay } from 'node:timers/promises'
import { atMost } from '#lib/mail-core/limit.ts'
import type { Copy, Mailbox, MailIdentity } from '#lib/mail-core/mailbox/port.ts'
import { log } from './log.ts'

const MOST = 100
const PATIENCE_MS = 3_000
const looking = atMost(8)

/** What there is of one mail in each of these mailboxes, the first hundred; who does not answer in time is absent (F13). */
export async function lookAtCopies(
  mailbox: Pick<Mailbox, 'copyOf'>,
  addresses: readonly string[],
  mail: MailIdentity,
): Promise<Map<string, Copy>> {
  const found = new Map<string, Copy>()
  const end = performance.now() + PATIENCE_MS
  const look = async (address: string) => {
    if (performance.now() < end) found.set(address, await mailbox.copyOf(address, mail))
  }
  const looks = addresses
    .slice(0, MOST)
    .map((address) => looking(() => look(address)).catch((error) => log.warn({ error }, 'a mailbox could not be looked at')))
  await Promise.race([Promise.all(looks), delay(PATIENCE_MS, undefined, { ref: false })])
  return new Map(found)
}
