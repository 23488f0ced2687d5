import type { ImapFlow } from 'imapflow'
import { MailCoreError } from '../errors.ts'
import { imapError } from '../imap.ts'

// What ImapFlow's own verbs do not cover: SORT (RFC 5256, 5267), LIST-STATUS (RFC 5819), SAVEDATE (RFC 8514), and Dovecot's X-GUID.

export type Token = { type: string; value: string | Buffer } | Token[] | null
type Untagged = { command?: string; attributes?: Token[] }

interface RawImap {
  exec(
    command: string,
    attributes: Token[],
    options: { untagged: Record<string, (untagged: Untagged) => Promise<void>> },
  ): Promise<{ next(): void }>
}

export const atom = (value: string): Token => ({ type: 'ATOM', value })
/** Any text, as a string or a literal. */
export const quoted = (value: string): Token =>
  /^[\x20-\x7e]*$/.test(value) ? { type: 'STRING', value } : { type: 'LITERAL', value: Buffer.from(value) }
/** RFC 3501 6.4.4: OR takes two keys. */
export const either = (one: Token[], other: Token[]): Token[] => [atom('OR'), one, other]
const text = (token: Token | undefined): string => (token && !Array.isArray(token) ? String(token.value) : '')

async function ask(
  client: ImapFlow,
  command: string,
  attributes: Token[],
  name: string,
  hear: (attributes: Token[]) => void,
): Promise<void> {
  const untagged = { [name]: async ({ attributes = [] }: Untagged) => hear(attributes) }
  const { next } = await (client as unknown as RawImap).exec(command, attributes, { untagged })
  next()
}

/** False when there is no such folder. */
export async function open(client: ImapFlow, folder: string, { readOnly = true } = {}): Promise<boolean> {
  try {
    await client.mailboxOpen(folder, { readOnly })
    return true
  } catch (error) {
    if (imapError(error).code === 'not_found') return false
    throw error
  }
}

/** UIDs of the open folder by the date of arrival, newest first. */
export async function newestUids(client: ImapFlow, limit: number): Promise<number[]> {
  let found: number[] = []
  const page = [atom('PARTIAL'), atom(`1:${limit}`)]
  const order = [atom('REVERSE'), atom('ARRIVAL')]
  await ask(client, 'UID SORT', [atom('RETURN'), page, order, atom('UTF-8'), atom('ALL')], 'ESEARCH', (attributes) => {
    const partial = after(attributes, 'PARTIAL')
    if (Array.isArray(partial)) found = expand(text(partial[1]), limit)
  })
  return found
}

/** UIDs of the open folder that fit, in their order. */
export async function searchUids(client: ImapFlow, keys: Token[]): Promise<number[]> {
  const most = client.mailbox ? client.mailbox.exists : 0
  let found: number[] = []
  await ask(client, 'UID SEARCH', [atom('RETURN'), [atom('ALL')], atom('CHARSET'), atom('UTF-8'), ...keys], 'ESEARCH', (attributes) => {
    found = expand(text(after(attributes, 'ALL')), most)
  })
  return found
}

const after = (tokens: Token[], name: string) => tokens[1 + tokens.findIndex((token) => text(token).toUpperCase() === name)]

/** "5:3,9" is 5, 4, 3, 9; never more numbers than were asked for. */
export function expand(set: string, limit: number): number[] {
  const uids: number[] = []
  for (const part of set.split(',')) {
    const [, first, last] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part) ?? []
    if (!first) continue
    const from = Number(first)
    const to = Number(last ?? first)
    if (Math.abs(to - from) >= limit) throw new MailCoreError('refused')
    for (let uid = from; from <= to ? uid <= to : uid >= to; uid += from <= to ? 1 : -1) uids.push(uid)
  }
  if (uids.length > limit) throw new MailCoreError('refused')
  return uids
}

/** "3:5,9" for 3, 4, 5, 9. */
export function setOf(uids: number[]): string {
  const ranges: [from: number, to: number][] = []
  for (const uid of uids) {
    const last = ranges.at(-1)
    if (last && uid === last[1] + 1) last[1] = uid
    else ranges.push([uid, uid])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`)).join(',')
}

/** What a FETCH says of these messages of the open folder, by UID; those that are gone are left out. */
export async function fetchItems(
  client: ImapFlow,
  uids: number[],
  items: string[],
): Promise<Map<number, Record<string, string | string[]>>> {
  const wanted = new Set(uids)
  const found = new Map<number, Record<string, string | string[]>>()
  if (uids.length === 0) return found
  await ask(client, 'UID FETCH', [atom(setOf(uids)), [atom('UID'), ...items.map(atom)]], 'FETCH', (attributes) => {
    const pairs = attributes.find(Array.isArray) ?? []
    const values: Record<string, string | string[]> = {}
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const value = pairs[at + 1]
      values[text(pairs[at])] = Array.isArray(value) ? value.map(text) : text(value)
    }
    const uid = Number(values.UID)
    if (wanted.has(uid)) found.set(uid, values)
  })
  return found
}

/** Message GUIDs by UID. A GUID stays with a message that is moved. */
export async function guids(client: ImapFlow, uids: number[]): Promise<Map<number, string>> {
  const found = await fetchItems(client, uids, ['X-GUID'])
  return new Map([...found].map(([uid, values]) => [uid, String(values['X-GUID'])]))
}

/** The folders below a prefix that mail can lie in, each with what STATUS says of it. */
export async function statuses(
  client: ImapFlow,
  prefix: string,
  items: string[],
): Promise<{ path: string; status: Record<string, string> }[]> {
  const found: { path: string; status: Record<string, string> }[] = []
  const request = [quoted(''), quoted(`${prefix}*`), atom('RETURN'), [atom('STATUS'), items.map(atom)]]
  await ask(client, 'LIST', request, 'STATUS', ([path, pairs]) => {
    const words = Array.isArray(pairs) ? pairs.map(text) : []
    const status = Object.fromEntries(words.flatMap((word, at) => (at % 2 === 0 ? [[word.toUpperCase(), words[at + 1] ?? '']] : [])))
    found.push({ path: text(path), status })
  })
  return found
}
