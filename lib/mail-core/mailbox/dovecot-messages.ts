import type { FetchMessageObject, ImapFlow } from 'imapflow'
import { guids } from './dovecot-imap.ts'
import type { MessageSummary } from './port.ts'

/** Those messages of the open folder that are still there. */
export async function fetchMessages(client: ImapFlow, uids: number[]): Promise<Map<number, FetchMessageObject>> {
  const query = { uid: true, envelope: true, internalDate: true, size: true, flags: true }
  const wanted = new Set(uids)
  const messages = new Map<number, FetchMessageObject>()
  for await (const message of client.fetch(uids.join(','), query, { uid: true })) {
    if (wanted.has(message.uid)) messages.set(message.uid, message)
  }
  return messages
}

export async function summaries(client: ImapFlow, uids: number[]): Promise<MessageSummary[]> {
  const messages = await fetchMessages(client, uids)
  const ids = await guids(client, uids)
  return uids
    .flatMap((uid) => {
      const message = messages.get(uid)
      const id = ids.get(uid)
      // Expunged by somebody else in between.
      return message && id ? [{ id, ...headOf(message), unread: !message.flags?.has('\\Seen') }] : []
    })
    .sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())
}

export function headOf({ envelope, internalDate, size }: FetchMessageObject): Omit<MessageSummary, 'id' | 'unread'> {
  const from = envelope?.from?.[0]
  return {
    from: from?.address ? { name: oneLine(from.name), address: oneLine(from.address) } : null,
    subject: oneLine(envelope?.subject),
    receivedAt: new Date(internalDate ?? 0),
    size: size ?? 0,
  }
}

/** An encoded word (RFC 2047) may decode to line ends. */
export const oneLine = (text: string | undefined) => (text ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
