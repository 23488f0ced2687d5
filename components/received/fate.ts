import type { ReceivedMail } from '#lib/features/received/schema.ts'

/** What became of a mail, in the terms of the words and icons. */
export type Fate =
  | Exclude<ReceivedMail['outcome'], 'held'>
  | 'spam'
  | 'phishing'
  | 'malware'
  | 'blocked'
  | 'passing'
  | 'requested'
  | 'refused'

/** What the quarantine says comes before what the trace has heard of it. */
export function fateOf({ outcome, held }: ReceivedMail): Fate {
  if (!held) return outcome === 'held' ? 'passing' : outcome
  if (held.state !== 'held') return held.state
  return held.verdict === 'none' ? 'passing' : held.verdict
}

/** Malware and phishing stay what they are while the helpdesk decides. */
export const isDangerous = ({ held }: ReceivedMail): boolean => held?.verdict === 'malware' || held?.verdict === 'phishing'

export const isUndecided = ({ held }: ReceivedMail): boolean =>
  held !== null && (held.state === 'held' || held.state === 'requested' || held.state === 'refused')

const FOLDERS = { inbox: 'inbox', junk: 'junk', trash: 'trash', drafts: 'drafts', sent: 'sent', archive: 'archive' } as const
export type KnownFolder = keyof typeof FOLDERS

/** The folders that every mailbox has are named in the person's language (RFC 6154); others by their own name. */
export function knownFolder(name: string): KnownFolder | null {
  const lower = name.toLowerCase()
  return Object.hasOwn(FOLDERS, lower) ? FOLDERS[lower as KnownFolder] : null
}
