import type { ImapFlow } from 'imapflow'
import { MailCoreError } from '../errors.ts'

// What ImapFlow's own verbs do not cover: SORT (RFC 5256, 5267) and Dovecot's X-GUID.

type Token = { type: string; value: string } | Token[] | null

interface RawImap {
  exec(
    command: string,
    attributes: Token[],
    options: { untagged: Record<string, (untagged: { attributes?: Token[] }) => Promise<void>> },
  ): Promise<{ next(): void }>
}

const raw = (client: ImapFlow) => client as unknown as RawImap
const atom = (value: string): Token => ({ type: 'ATOM', value })
const text = (token: Token | undefined): string => (token && !Array.isArray(token) ? token.value : '')

/** UIDs of the open folder by the date of arrival, newest first. */
export async function newestUids(client: ImapFlow, limit: number): Promise<number[]> {
  let found: number[] = []
  const page = [atom('PARTIAL'), atom(`1:${limit}`)]
  const order = [atom('REVERSE'), atom('ARRIVAL')]
  const { next } = await raw(client).exec('UID SORT', [atom('RETURN'), page, order, atom('UTF-8'), atom('ALL')], {
    untagged: {
      ESEARCH: async ({ attributes = [] }) => {
        const at = attributes.findIndex((token) => text(token).toUpperCase() === 'PARTIAL')
        const partial = attributes[at + 1]
        if (at >= 0 && Array.isArray(partial)) found = expand(text(partial[1]), limit)
      },
    },
  })
  next()
  return found
}

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

/** Message GUIDs by UID. A GUID stays with a message that is moved. */
export async function guids(client: ImapFlow, uids: number[]): Promise<Map<number, string>> {
  const wanted = new Set(uids)
  const found = new Map<number, string>()
  const { next } = await raw(client).exec('UID FETCH', [atom(uids.join(',')), [atom('UID'), atom('X-GUID')]], {
    untagged: {
      FETCH: async ({ attributes = [] }) => {
        const pairs = attributes.find(Array.isArray) ?? []
        const value = (name: string) => text(pairs[pairs.findIndex((token) => text(token) === name) + 1])
        const uid = Number(value('UID'))
        if (wanted.has(uid)) found.set(uid, value('X-GUID'))
      },
    },
  })
  next()
  return found
}
