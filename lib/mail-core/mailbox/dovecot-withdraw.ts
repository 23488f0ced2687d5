import type { Doveadm } from '../doveadm.ts'
import { arrivalOf } from '../queue-id.ts'
import { HIDDEN } from './dovecot-deleted.ts'
import { isSafeIdentity } from './identity.ts'
import type { Copy, MailIdentity } from './port.ts'

const DAY = 86_400

type Command = Parameters<Doveadm['all']>[0][number]

export async function copyOf(doveadm: Doveadm, user: string, mail: MailIdentity): Promise<Copy> {
  return isSafeIdentity(mail) ? worst(await doveadm(...copies(user, everywhere(mail)))) : 'none'
}

/** What was read between the look and the removal stays, since the server removes what is unread only. */
export async function withdraw(
  doveadm: Doveadm,
  user: string,
  mail: MailIdentity,
  readToo: boolean,
): Promise<'withdrawn' | 'read' | 'none'> {
  if (!isSafeIdentity(mail)) return 'none'
  // What is removed from the folders lies among the deleted mail then.
  const places = [everywhere(mail), deleted(mail)]
  const [there = [], gone = []] = await doveadm.all(places.map((query) => copies(user, query)))
  const before = worst([...there, ...gone])
  if (before === 'none' || (before === 'read' && !readToo)) return there.length === 0 ? 'none' : before
  const removals = places.map((query): Command => ['expunge', { user, query: readToo ? query : [...query, 'unseen'] }])
  const answers = await doveadm.all([...removals, copies(user, everywhere(mail))])
  if (there.length === 0) return 'none'
  return worst(answers.at(-1) ?? []) === 'none' ? 'withdrawn' : 'read'
}

/** doveadm-search-query(7). `*` leaves hidden folders out. */
const everywhere = (mail: MailIdentity) => ['mailbox', '*', ...fitting(mail)]
const deleted = (mail: MailIdentity) => ['mailbox', `${HIDDEN}*`, ...fitting(mail)]

/** Without a Message-ID, which is in the index, only what was stored since the mail came is read. */
function fitting({ messageId, queueId }: MailIdentity): string[] {
  const arrival = Math.floor((arrivalOf(queueId) ?? 0) / 1_000_000)
  return [...(messageId ? ['header', 'message-id', messageId] : ['savedsince', `${arrival - DAY}`]), 'header', 'received', queueId]
}

const copies = (user: string, query: string[]): Command => ['fetch', { user, field: ['flags'], query }]

function worst(copies: Record<string, string>[]): Copy {
  if (copies.length === 0) return 'none'
  return copies.some(({ flags = '' }) => flags.split(' ').includes('\\Seen')) ? 'read' : 'unread'
}
