import { z } from 'zod'
import type { Queryable } from '#db/client.ts'
import type { HeldMail } from '#lib/mail-core/quarantine/port.ts'
import type { AuthorizedMailbox } from './actor.ts'
import type { Context, Resources } from './context.ts'
import { enqueue, enqueueEach, type Jobs } from './jobs.ts'
import { log } from './log.ts'

const RELEASE = 'held-mail.release'
const LEARN = 'held-mail.learn'
/** One after the other: a filter that hangs holds up one worker, not all (F13). */
const LESSON = { queue: LEARN, attempts: 3, bulk: true } as const
const AT_ONCE = 4
const BATCH = 100

const UNDECIDED = ['held', 'requested', 'refused']

/** Malware and phishing are released by the helpdesk only; the rest by the owner (T40). */
export const needsHelpdesk = ({ verdict }: Pick<HeldMail, 'verdict'>): boolean => verdict === 'malware' || verdict === 'phishing'
export const isUndecided = ({ state }: Pick<HeldMail, 'state'>): boolean => UNDECIDED.includes(state)

/** What becomes of each mail that a person asks to have released. */
export interface Release {
  started: HeldMail[]
  askHelpdesk: string[]
  missed: string[]
}

/**
 * Lets an owner's mail go to the inbox. The change to `releasing` is what lasts: the worker delivers whatever is in that state, so
 * a job that is lost delays a mail by seconds (F3, F7).
 */
export async function releaseHeld(
  { db, mail }: { db: Pick<Queryable, 'execute'>; mail: Resources['mail'] },
  mailbox: AuthorizedMailbox,
  ids: readonly string[],
): Promise<Release> {
  const found = await mail.quarantine.find(mailbox, ids)
  // A verdict never changes, but a state may, from here to the release: in no state does such a mail go the owner's way.
  const wanted = found.filter((held) => !needsHelpdesk(held)).map(({ id }) => id)
  const changed = new Set(wanted.length > 0 ? await mail.quarantine.startRelease(mailbox, wanted) : [])
  const started = found.filter(({ id }) => changed.has(id))
  if (started.length > 0) await enqueue(db, RELEASE, {}, { key: RELEASE, queue: RELEASE, bulk: true })
  const lessons = started.filter(({ verdict }) => verdict === 'spam').map(({ id }) => ({ mailbox, id, wanted: true }))
  await enqueueEach(db, LEARN, lessons, LESSON)
  const askHelpdesk = found.filter((held) => isUndecided(held) && needsHelpdesk(held)).map(({ id }) => id)
  return { started, askHelpdesk, missed: ids.filter((id) => !changed.has(id) && !askHelpdesk.includes(id)) }
}

/** What the owner may not let go, once two of the staff have said yes. Returns the ids that are on their way. */
export async function releaseApproved({ db, mail }: Resources, mailbox: AuthorizedMailbox, ids: readonly string[]): Promise<string[]> {
  const changed = await mail.quarantine.startRelease(mailbox, ids)
  if (changed.length > 0) await enqueue(db, RELEASE, {}, { key: RELEASE, queue: RELEASE, bulk: true })
  return changed
}

/** Tells the filter that mails were rightly held; their octets are still there for ten minutes. */
export const enqueueUnwanted = ({ db }: Pick<Context, 'db'>, mailbox: AuthorizedMailbox, ids: string[]): Promise<void> =>
  enqueueEach(
    db,
    LEARN,
    ids.map((id) => ({ mailbox, id, wanted: false })),
    LESSON,
  )

/** Delivers everything that is on its way, some at a time, until nothing is left that nobody is at. */
export async function releaseAll({ mail: { quarantine } }: Resources): Promise<void> {
  for (;;) {
    const waiting = await quarantine.unfinishedReleases(BATCH)
    if (waiting.length === 0) return
    const each = waiting.values()
    const one = async () => {
      for (const { mailbox, id } of each)
        await quarantine.release(mailbox, id).catch((error) => log.warn({ error, id }, 'a release will be tried again'))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, one))
  }
}

const Lesson = z.object({ mailbox: z.string(), id: z.string(), wanted: z.boolean() })

async function learn({ mail }: Resources, payload: unknown): Promise<void> {
  const { mailbox, id, wanted } = Lesson.parse(payload)
  const raw = await mail.quarantine.raw(mailbox, id)
  if (raw) await mail.filter.learn(raw, wanted ? 'wanted' : 'unwanted')
}

export const heldMailJobs: Jobs = {
  tasks: {
    [RELEASE]: (_, on) => releaseAll(on),
    [LEARN]: (payload, on) => learn(on, payload),
    'held-mail.tidy': (_, { mail }) => mail.quarantine.tidy(),
  },
  every: { [RELEASE]: 5, 'held-mail.tidy': 60 },
}
