import type { Outcome, Reason, TraceEvent } from './port.ts'
import type { TraceRecord } from './record.ts'

export type RecipientRecord = Extract<TraceRecord, { kind: 'recipient' }>

/** What is known of a mail for one recipient. */
export interface Story {
  mailbox: string
  id: string
  outcome: Outcome
  folder: string | null
  reason: Reason | null
  session: string | null
  writtenAs: string | null
  events: (Omit<TraceEvent, 'at'> & { at: string })[]
}

const JUNK_FOLDER = 'Junk'

// Sources are read at their own speed: what Postfix tells late undoes no decision of the quarantine. What is not named here counts always.
const ONLY_AFTER: Partial<Record<Outcome, readonly Outcome[]>> = {
  waiting: ['waiting'],
  rejected: ['waiting', 'rejected', 'failed'],
  failed: ['waiting', 'rejected', 'failed'],
  delivered: ['waiting', 'rejected', 'failed', 'delivered', 'junk', 'releasing'],
  junk: ['waiting', 'rejected', 'failed', 'delivered', 'junk', 'releasing'],
}

// A mail that is tried again for days tells the same each time: its beginning and its end are kept.
const MOST_EVENTS = 60
const FIRST_EVENTS = 20

export const begin = (mailbox: string, id: string): Story => ({
  mailbox,
  id,
  outcome: 'waiting',
  folder: null,
  reason: null,
  session: null,
  writtenAs: null,
  events: [],
})

/** Goes on with the story; changes it in place. */
export function tell(
  story: Story,
  { event, outcome, folder, reason, lmtpSession, writtenAs }: Omit<RecipientRecord, 'kind' | 'id' | 'mailbox'>,
): void {
  if (outcome && (ONLY_AFTER[outcome]?.includes(story.outcome) ?? true)) {
    story.outcome = outcome
    story.reason = reason ?? null
  }
  const at = event.at.toISOString()
  // A line that is read again tells nothing new.
  if (!story.events.some((before) => before.at === at && before.what === event.what)) story.events.push({ ...event, at })
  if (story.events.length > MOST_EVENTS) story.events.splice(FIRST_EVENTS, story.events.length - MOST_EVENTS)
  story.session = lmtpSession ?? story.session
  story.writtenAs ??= writtenAs ?? null
  const into = folder ?? event.folder
  if (into) put(story, into)
}

/** The folder that it lies in decides whether it counts as junk. */
export function put(story: Story, folder: string): void {
  story.folder = folder
  if (story.outcome === 'delivered' || story.outcome === 'junk') story.outcome = folder === JUNK_FOLDER ? 'junk' : 'delivered'
}

/** Names the folder of the delivery, once the mailbox's server has told it. */
export function putDelivered(story: Story, folder: string): void {
  if (story.folder !== null) return
  put(story, folder)
  const delivered = story.events.findLast(({ what }) => what === 'delivered')
  if (delivered) delivered.folder ??= folder
}
