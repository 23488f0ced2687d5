import type { ImapFlow } from 'imapflow'
import { MailCoreError } from '../errors.ts'
import { atom, either, fetchItems, open, quoted, searchUids, statuses, type Token } from './dovecot-imap.ts'
import { folderInMark, fromModifiedUtf7, originOf, TRASH } from './origin.ts'
import type { DeletedQuery } from './port.ts'
import { searchText } from './search-text.ts'

/** The namespace of lazy_expunge (deploy/dovecot/dovecot.conf): what was deleted from folder X lies in `.EXPUNGED/X`. */
export const HIDDEN = '.EXPUNGED/'

export interface HiddenFolder {
  path: string
  /** The folder that the mail was deleted from. */
  name: string
  /** Names it for good, before a UID (RFC 3501 2.3.1.1). */
  key: string
  messages: number
}

export interface Deleted {
  uid: number
  folder: string
  size: number
}

/** Message and folder of an id; null when it is no id of ours. */
export function placeOf(id: string): { key: string; uid: number } | null {
  const [, key = '', uid] = /^([0-9a-f]{32}\.\d{1,10})\.(\d{1,10})$/.exec(id) ?? []
  return uid === undefined ? null : { key, uid: Number(uid) }
}

export const idOf = ({ key }: HiddenFolder, uid: number) => `${key}.${uid}`

/** Those with mail in them. */
export async function hiddenFolders(client: ImapFlow): Promise<HiddenFolder[]> {
  const found = await statuses(client, HIDDEN, ['MESSAGES', 'UIDVALIDITY', 'X-GUID'])
  return found
    .filter(({ path }) => path.startsWith(HIDDEN))
    .map(({ path: encoded, status }) => {
      const path = fromModifiedUtf7(encoded)
      return { path, name: nameIn(path), key: `${status['X-GUID']}.${status.UIDVALIDITY}`, messages: Number(status.MESSAGES) }
    })
    .filter(({ messages }) => messages > 0)
}

/** UIDs of what fits, times apart, in the order of deletion. Leaves the folder open. */
export async function matching(client: ImapFlow, hidden: HiddenFolder, { text, folder }: DeletedQuery): Promise<number[]> {
  if (!(await open(client, hidden.path))) return []
  const keys: Token[][] = []
  if (folder !== undefined) keys.push(wasIn(client, hidden, (origin) => origin === folder))
  const part = searchText(text)
  if (part !== '') {
    const inFolder = wasIn(client, hidden, (origin) => origin.toLowerCase().includes(part.toLowerCase()))
    keys.push([[atom('FROM'), quoted(part)], [atom('SUBJECT'), quoted(part)], inFolder].reduce(either))
  }
  return searchUids(client, keys.length > 0 ? keys.flat() : ALL)
}

/** lazy_expunge names its folders as those of the person lie on the disk: in modified UTF-7 once more. */
export const nameIn = (path: string) => fromModifiedUtf7(path.slice(HIDDEN.length))

const ALL = [atom('ALL')]
const NONE = [atom('NOT'), atom('ALL')]

/** In the hidden Trash the folder before is known message by message. */
function wasIn(client: ImapFlow, hidden: HiddenFolder, fits: (origin: string) => boolean): Token[] {
  if (hidden.name !== TRASH) return fits(originOf(hidden.name, [])) ? ALL : NONE
  const marks = [...(client.mailbox ? client.mailbox.flags : [])].filter((flag) => folderInMark(flag) !== null)
  const keys = marks.filter((mark) => fits(originOf(TRASH, [mark]))).map((mark) => [atom('KEYWORD'), atom(mark)])
  if (fits(originOf(TRASH, []))) keys.push([...ALL, ...marks.flatMap((mark) => [atom('UNKEYWORD'), atom(mark)])])
  return keys.length > 0 ? keys.reduce(either) : NONE
}

/** In their order; those deleted outside the times, or gone meanwhile, are left out. */
export async function describe(client: ImapFlow, hidden: HiddenFolder, uids: number[], { since, until }: DeletedQuery): Promise<Deleted[]> {
  if (!(await open(client, hidden.path))) return []
  const items = ['SAVEDATE', 'RFC822.SIZE', ...(hidden.name === TRASH ? ['FLAGS'] : [])]
  const found = await fetchItems(client, uids, items)
  return uids.flatMap((uid) => {
    const values = found.get(uid)
    if (!values) return []
    const deletedAt = dateOf(values.SAVEDATE)
    if (deletedAt < since || (until && deletedAt >= until)) return []
    return [{ uid, folder: originOf(hidden.name, values.FLAGS ?? []), size: Number(values['RFC822.SIZE']) }]
  })
}

/** `25-Nov-2026 20:09:17 +0000` (RFC 8514: date-time). */
export function dateOf(text: unknown): Date {
  const date = new Date(String(text).replace(/^\s*(\d{1,2})-(\w{3})-(\d{4})/, '$1 $2 $3'))
  if (Number.isNaN(date.getTime())) throw new MailCoreError('refused')
  return date
}
