import type { Topic } from '#lib/features/help/schema.ts'

export const MOST_LETTERS = 2_000
export const TOPICS: Topic[] = [
  ...(['signIn', 'password', 'phone', 'appPasswords', 'received', 'sent', 'restore', 'contacts', 'client', 'security', 'other'] as const),
]

/** What the message is likely about, by the page where something went wrong. */
const TOPIC_OF: [page: string, topic: Topic][] = [
  ['/sso', 'signIn'],
  ['/password', 'password'],
  ['/phone', 'phone'],
  ['/app-passwords', 'appPasswords'],
  ['/received', 'received'],
  ['/digest', 'received'],
  ['/sender-lists', 'received'],
  ['/sent', 'sent'],
  ['/restore', 'restore'],
  ['/contacts', 'contacts'],
  ['/client-setup', 'client'],
  ['/activity', 'security'],
]

export const likelyTopic = (from: string): Topic | '' => TOPIC_OF.find(([page]) => from === page || from.startsWith(`${page}/`))?.[1] ?? ''

export interface Draft {
  topic: Topic | ''
  text: string
  about: string
  browser: boolean
  page: boolean
  recent: boolean
}

export type Wrong = Partial<Record<'topic' | 'text' | 'about', true>>

/** What has to be filled in or mended before it can go. */
export function faultsOf({ topic, text, about }: Draft): Wrong {
  return {
    ...(topic ? {} : { topic: true }),
    ...(text.trim() ? {} : { text: true }),
    ...(about.trim() && !/^[\w@-]{4,40}$/.test(about.trim()) ? { about: true } : {}),
  }
}
