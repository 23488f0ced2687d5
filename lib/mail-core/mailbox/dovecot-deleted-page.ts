import type { ImapFlow } from 'imapflow'
import { MailCoreError } from '../errors.ts'
import { dateOf, type HiddenFolder, hiddenFolders, idOf, matching, placeOf } from './dovecot-deleted.ts'
import { fetchItems, open } from './dovecot-imap.ts'
import { fetchMessages, headOf, oneLine } from './dovecot-messages.ts'
import { originOf } from './origin.ts'
import type { DeletedMessage, DeletedQuery } from './port.ts'

/** A message's place in the list. The latest comes first; of one moment, by folder, and there by UID. */
interface Place {
  time: number
  key: string
  uid: number
}

interface Found extends Place {
  hidden: HiddenFolder
}

const FEW = 200

const compare = (a: Place, b: Place) => a.time - b.time || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.uid - b.uid)

export async function deletedPage(
  client: ImapFlow,
  { limit, after, ...query }: DeletedQuery & { limit: number; after?: string },
): Promise<{ messages: DeletedMessage[]; next: string | null }> {
  const ends = [after === undefined ? null : fromToken(after), query.until ? { time: query.until.getTime(), key: '', uid: 0 } : null]
  const [end] = ends.filter((place) => place !== null).sort(compare)
  const found: Found[] = []
  for (const hidden of await hiddenFolders(client)) found.push(...(await newest(client, hidden, query, end, limit + 1)))
  found.sort((a, b) => compare(b, a))
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return { messages: await read(client, shown), next: found.length > limit && last ? toToken(last) : null }
}

/** Of a folder, the last before a place. Mail is added at its end, so its UIDs are in the order of deletion. */
async function newest(
  client: ImapFlow,
  hidden: HiddenFolder,
  query: DeletedQuery,
  end: Place | undefined,
  limit: number,
): Promise<Found[]> {
  const uids = await matching(client, hidden, query)
  const behind = end ? await position(client, hidden, uids, end) : uids.length
  const found = await places(client, hidden, uids.slice(Math.max(0, behind - limit), behind))
  return found.filter((place) => place.time >= query.since.getTime() && (!end || compare(place, end) < 0))
}

/** How many of them come before the place, as few looked at as can be. */
async function position(client: ImapFlow, hidden: HiddenFolder, uids: number[], end: Place): Promise<number> {
  let [low, high] = [0, uids.length]
  while (high - low > FEW) {
    const middle = (low + high) >> 1
    const [place] = await places(client, hidden, uids.slice(middle, middle + FEW / 10))
    if (place && compare(place, end) >= 0) high = middle
    else low = middle
  }
  const rest = await places(client, hidden, uids.slice(low, high))
  const last = rest.findLast((place) => compare(place, end) < 0)
  return last ? uids.indexOf(last.uid, low) + 1 : low
}

async function places(client: ImapFlow, hidden: HiddenFolder, uids: number[]): Promise<Found[]> {
  const found = await fetchItems(client, uids, ['SAVEDATE'])
  return uids.flatMap((uid) => {
    const values = found.get(uid)
    return values ? [{ time: dateOf(values.SAVEDATE).getTime(), key: hidden.key, uid, hidden }] : []
  })
}

/** The messages at these places, in this order. */
async function read(client: ImapFlow, places: Found[]): Promise<DeletedMessage[]> {
  const messages = new Map<string, DeletedMessage>()
  for (const [path, own] of Map.groupBy(places, ({ hidden }) => hidden.path)) {
    const isOpen = client.mailbox && client.mailbox.path === path
    if (!isOpen && !(await open(client, path))) continue
    const found = await fetchMessages(
      client,
      own.map(({ uid }) => uid),
    )
    for (const { uid, time, hidden } of own) {
      const message = found.get(uid)
      if (!message) continue
      const id = idOf(hidden, uid)
      messages.set(id, {
        ...headOf(message),
        id,
        folder: originOf(hidden.name, message.flags ?? []),
        deletedAt: new Date(time),
        messageId: oneLine(message.envelope?.messageId) || null,
      })
    }
  }
  return places.flatMap(({ hidden, uid }) => messages.get(idOf(hidden, uid)) ?? [])
}

const toToken = ({ time, hidden, uid }: Found) => `${time}.${idOf(hidden, uid)}`

function fromToken(token: string): Place {
  const [, time, id = ''] = /^(\d{1,15})\.(.+)$/.exec(token) ?? []
  const place = placeOf(id)
  if (!time || !place) throw new MailCoreError('refused')
  return { time: Number(time), ...place }
}
