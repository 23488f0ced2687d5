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

const REFERENCE = /^[\w@-]{4,40}$/
/** A page of ours. The address of a link from a mail is a secret, and no page that anybody may be told of. */
const PAGE = /^\/(?!\/|link\/|client-setup\/profile\/)[\w\-./]{0,200}$/

/** What the address of the page says went wrong. Anybody can write an address, so what is none of ours is left out. */
export const troubleIn = ({ reference, from }: { reference: string; from: string }) => ({
  reference: REFERENCE.test(reference) ? reference : '',
  from: PAGE.test(from) ? from : '',
})

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
    ...(about.trim() && !REFERENCE.test(about.trim()) ? { about: true } : {}),
  }
}
