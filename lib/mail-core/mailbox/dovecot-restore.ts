import type { ImapFlow } from 'imapflow'
import type { Doveadm } from '../doveadm.ts'
import { MailCoreError } from '../errors.ts'
import { type HiddenFolder, hiddenFolders, idOf, placeOf } from './dovecot-deleted.ts'
import { atom, either, fetchItems, guids, open, searchUids, setOf, type Token } from './dovecot-imap.ts'
import { originOf } from './origin.ts'

const BATCH = 500

interface Restored {
  restored: { id: string; folder: string }[]
  gone: string[]
}

/**
 * Moves mail back. Two sessions that move one message leave two copies of it, so that nobody else may do this to the same
 * mailbox meanwhile.
 */
export async function restoreMail(client: ImapFlow, doveadm: Doveadm, user: string, ids: string[]): Promise<Restored> {
  const restored: Restored['restored'] = []
  const wanted = Map.groupBy(new Set(ids), (id) => placeOf(id)?.key)
  for (const hidden of await hiddenFolders(client)) {
    const uids = (wanted.get(hidden.key) ?? []).map((id) => placeOf(id)?.uid ?? 0).sort((a, b) => a - b)
    for (let from = 0; from < uids.length; from += BATCH) {
      const back = await restoreSome({ client, doveadm, user, hidden }, uids.slice(from, from + BATCH))
      restored.push(...back.map(({ uid, folder }) => ({ id: idOf(hidden, uid), folder })))
    }
  }
  const back = new Set(restored.map(({ id }) => id))
  return { restored, gone: [...new Set(ids)].filter((id) => !back.has(id)) }
}

interface Place {
  client: ImapFlow
  doveadm: Doveadm
  user: string
  hidden: HiddenFolder
}

async function restoreSome(place: Place, uids: number[]): Promise<{ uid: number; folder: string }[]> {
  const { client, hidden } = place
  if (!(await open(client, hidden.path, { readOnly: false }))) return []
  const found = await fetchItems(client, uids, ['FLAGS'])
  const byFolder = Map.groupBy(found.keys(), (uid) => originOf(hidden.name, found.get(uid)?.FLAGS ?? []))
  const shared = await moreThanOnce(place, [...found.keys()])
  const restored: { uid: number; folder: string }[] = []
  for (const [folder, own] of byFolder) {
    const there = await alreadyThere(
      place,
      own.filter((uid) => shared.has(uid)),
      folder,
    )
    const rest = own.filter((uid) => !there.includes(uid))
    const moved = rest.length > 0 ? await moveTo(client, rest, folder) : []
    restored.push(...[...there, ...moved].map((uid) => ({ uid, folder })))
  }
  return restored
}

/**
 * UIDs whose file another message stands for as well. A move writes the copy first and removes the original then: a server
 * that was killed between the two leaves both (F5).
 */
async function moreThanOnce({ doveadm, user, hidden }: Place, uids: number[]): Promise<Set<number>> {
  if (uids.length === 0) return new Set()
  const rows = await doveadm('fetch', { user, field: ['uid', 'refcount'], query: ['mailbox', hidden.path, 'uid', setOf(uids)] })
  return new Set(rows.filter(({ refcount }) => refcount !== '1').map(({ uid }) => Number(uid)))
}

/**
 * Of these, takes out of the hidden folder what is back in the other one already, and says which it was. Files of a move that
 * was not finished, which Dovecot would find and take for more mail some day, are removed. Leaves the hidden folder open.
 */
async function alreadyThere({ client, doveadm, user, hidden }: Place, uids: number[], folder: string): Promise<number[]> {
  if (uids.length === 0) return []
  const guidOf = await guids(client, uids)
  const wanted = [...guidOf.values()]
  let there = new Set<string>()
  if (await open(client, folder, { readOnly: false })) {
    there = new Set((await copiesOf(client, wanted)).values())
    await client.mailboxClose()
    await doveadm('forceResync', { user, mailboxMask: folder })
    await open(client, folder, { readOnly: false })
    const found = await copiesOf(
      client,
      wanted.filter((guid) => !there.has(guid)),
    )
    await remove(client, [...found.keys()])
  }
  await open(client, hidden.path, { readOnly: false })
  const back = uids.filter((uid) => there.has(guidOf.get(uid) ?? ''))
  await remove(client, back)
  return back
}

/** What has one of these GUIDs in the open folder, by UID. */
async function copiesOf(client: ImapFlow, wanted: string[]): Promise<Map<number, string>> {
  if (wanted.length === 0) return new Map()
  const keys = wanted.map((guid): Token[] => [atom('X-GUID'), atom(guid)])
  return guids(client, await searchUids(client, keys.reduce(either)))
}

async function remove(client: ImapFlow, uids: number[]): Promise<void> {
  if (uids.length > 0 && !(await client.messageDelete(setOf(uids), { uid: true }))) throw new MailCoreError('refused')
}

/** Those that were moved: one that somebody expunged meanwhile is no error (RFC 6851), and gets no new UID. */
export async function moveTo(client: ImapFlow, uids: number[], folder: string): Promise<number[]> {
  const move = () => client.messageMove(setOf(uids), folder, { uid: true })
  let moved = await move()
  if (!moved) {
    // ImapFlow keeps the server's reason to itself; it is the missing folder as a rule.
    await client.mailboxCreate(folder)
    moved = await move()
  }
  if (!moved) throw new MailCoreError('refused')
  return uids.filter((uid) => moved.uidMap?.has(uid))
}
