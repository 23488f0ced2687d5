import type { Context } from '#lib/platform/context.ts'
import type { MessageList } from './schema.ts'
import { newestMessages } from './store.ts'

const MOST = 100

export async function listMessages({ db }: Context): Promise<MessageList> {
  const rows = await newestMessages(db, MOST)
  return { messages: rows.map(({ id, toNumber, body, createdAt }) => ({ id, to: toNumber, body, at: createdAt })) }
}
