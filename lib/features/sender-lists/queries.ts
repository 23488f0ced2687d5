import { queryOptions } from '@tanstack/react-query'
import type { SenderList, SenderRule } from './schema.ts'

/** As JSON has it: instants are ISO 8601 text. */
type Wire<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] }

const toInstant = (text: string | null) => (text === null ? null : new Date(text))

function toRule({ createdAt, expiresAt, lastHitAt, ...rest }: Wire<SenderRule>): SenderRule {
  return { ...rest, createdAt: new Date(createdAt), expiresAt: toInstant(expiresAt), lastHitAt: toInstant(lastHitAt) }
}

export const senderListsQuery = queryOptions({
  queryKey: ['sender-lists'],
  queryFn: async ({ signal }): Promise<SenderList> => {
    const response = await fetch('/api/v1/mailboxes/me/senders', { signal })
    if (!response.ok) throw new Error(`refused with ${response.status}`)
    const { items, ...rest } = await response.json()
    return { ...rest, items: items.map(toRule) }
  },
  retry: 1,
})
