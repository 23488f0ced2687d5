import { and, eq, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { digestSettings, digests } from '#db/schema/digest.ts'
import type { HeldVerdict } from '#lib/mail-core/quarantine/port.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import { env } from '#lib/platform/env.ts'
import type { Locale } from '#lib/platform/i18n/locale.ts'
import { enqueueEach } from '#lib/platform/jobs.ts'
import { findLink, insertLinks, isUsedLink, type Link, useLink } from '#lib/platform/link-tokens.ts'
import type { Frequency } from './schema.ts'

export interface Choice {
  frequency: Frequency
  hour: number
  weekday: number
}

/** Of whoever has not chosen. */
export const usual = (): Choice => ({ frequency: env().DIGEST_FREQUENCY, hour: env().DIGEST_HOUR, weekday: 1 })

export async function choiceOf(db: Queryable, mailbox: AuthorizedMailbox): Promise<Choice> {
  const { frequency, hour, weekday } = digestSettings
  const [row] = await db.select({ frequency, hour, weekday }).from(digestSettings).where(eq(digestSettings.mailbox, mailbox))
  return row ?? usual()
}

export async function saveChoice(db: Queryable, mailbox: AuthorizedMailbox, choice: Choice, locale: Locale): Promise<void> {
  const values = { ...choice, locale, updatedAt: sql`now()` }
  await db
    .insert(digestSettings)
    .values({ mailbox, ...values })
    .onConflictDoUpdate({ target: digestSettings.mailbox, set: values })
}

/** The hour, weekday and language stay, for whoever takes it up again. */
export async function stopDigest(db: Queryable, mailbox: string, locale: Locale): Promise<void> {
  await db
    .insert(digestSettings)
    .values({ mailbox, ...usual(), frequency: 'never', locale })
    .onConflictDoUpdate({ target: digestSettings.mailbox, set: { frequency: 'never', updatedAt: sql`now()` } })
}

/** When the next digest is due, by the database's clock and the site's calendar (F11). */
export async function nextDue(db: Queryable, { frequency, hour, weekday }: Choice, zone: string): Promise<Date | null> {
  const [row] = await db.execute<{ next: string | null }>(
    sql`select digest_next(${frequency}, ${hour}::int, ${weekday}::int, ${zone}, now()) as next`,
  )
  return row?.next ? new Date(row.next) : null
}

/** From when to when a round looks for who is due; instants as Postgres writes them, to the microsecond. */
export interface Round {
  since: string
  until: string
}

export async function beginRound(db: Queryable): Promise<Round> {
  const [round] = await db.execute<{ since: string; until: string }>(
    sql`select until::text as since, greatest(until, now())::text as until from digest_rounds`,
  )
  if (!round) throw new Error('digest_rounds is empty')
  return round
}

/** Whoever comes later may have got further. */
export const endRound = async (db: Queryable, { until }: Round): Promise<void> =>
  void (await db.execute(sql`update digest_rounds set until = greatest(until, ${until}::timestamptz)`))

/**
 * Of these people, those who were due in the round get one digest each, with the job that sends it, however often and by however many
 * workers the round is made (F3, F12). Who was due several times meanwhile gets one all the same.
 */
export async function queueDue(db: Database, mailboxes: string[], { since, until }: Round, zone: string): Promise<void> {
  await db.transaction(async (tx) => {
    const queued = await tx.execute<{ id: string }>(sql`
      insert into digests (mailbox, period)
      select mailbox, due from (
        select m.mailbox, digest_due(coalesce(s.frequency, ${usual().frequency}), coalesce(s.hour, ${usual().hour}),
            coalesce(s.weekday, ${usual().weekday}), ${zone}, ${until}::timestamptz) as due
          from jsonb_array_elements_text(${JSON.stringify(mailboxes)}::text::jsonb) m(mailbox) left join digest_settings s using (mailbox)) d
       where due > ${since}::timestamptz
      on conflict do nothing
      returning id`)
    if (queued.length > 0)
      await enqueueEach(
        tx,
        'digest.send',
        [...queued].map(({ id }) => ({ digestId: id })),
        { attempts: ATTEMPTS, bulk: true },
      )
  })
}

/** With graphile-worker's back-off the fifteenth try is about 40 hours after the first. */
const ATTEMPTS = 15

/** What a digest tells, as it was when its mails were announced. Instants are ISO 8601. */
export interface Contents {
  /** The newest ones. */
  mails: {
    id: string
    verdict: HeldVerdict
    from: { name: string; address: string } | null
    subject: string | null
    heldAt: string
    expiresAt: string
  }[]
  /** How many more it tells of by their number only. */
  more: number
}

export interface QueuedDigest extends Record<string, unknown> {
  mailbox: string
  /** Milliseconds since 1970. */
  at: number
  locale: Locale | null
  contents: Contents | null
}

/** Undefined when it is out, or when the person has stopped digests since. */
export async function queuedDigest(db: Queryable, id: string): Promise<QueuedDigest | undefined> {
  const [row] = await db.execute<QueuedDigest>(sql`
    select d.mailbox, floor(extract(epoch from d.created_at) * 1000)::float8 as at, s.locale, d.contents
      from digests d left join digest_settings s using (mailbox)
     where d.id = ${id} and d.state = 'queued' and coalesce(s.frequency, ${usual().frequency}) <> 'never'`)
  return row
}

/** What was kept first is what counts. Undefined when another worker has sent it meanwhile. */
export async function keepContents(db: Queryable, id: string, contents: Contents): Promise<Contents | undefined> {
  const [row] = await db.execute<{ contents: Contents }>(sql`
    update digests set contents = coalesce(contents, ${JSON.stringify(contents)}::text::jsonb)
     where id = ${id} and state = 'queued' returning contents`)
  return row?.contents
}

export async function settleDigest(db: Queryable, id: string, state: 'sent' | 'empty' | 'failed'): Promise<void> {
  await db
    .update(digests)
    .set({ state, contents: null, ...(state === 'sent' ? { sentAt: sql`now()` } : {}) })
    .where(and(eq(digests.id, id), eq(digests.state, 'queued')))
}

const PURPOSES = ['digest.release', 'digest.allow', 'digest.delete']
const UNSUBSCRIBE = ['digest.unsubscribe']

export interface NewLink {
  token: string
  action: string
  subject?: string
}

export async function keepLinks(db: Queryable, mailbox: string, links: NewLink[], unsubscribe: string): Promise<void> {
  const rows = links.map(({ action, ...link }) => ({ ...link, mailbox, purpose: `digest.${action}` }))
  if (rows.length > 0) await insertLinks(db, rows, '7 days')
  // Mail clients offer it on old mails, too.
  await insertLinks(db, [{ token: unsubscribe, mailbox, purpose: 'digest.unsubscribe' }], '60 days')
}

export const findAnyLink = (db: Queryable, token: string): Promise<Link | undefined> => findLink(db, token, [...PURPOSES, ...UNSUBSCRIBE])
export const useMailLink = (db: Queryable, token: string): Promise<Link | undefined> => useLink(db, token, PURPOSES)
export const useUnsubscribeLink = (db: Queryable, token: string): Promise<Link | undefined> => useLink(db, token, UNSUBSCRIBE)
export const hasUnsubscribed = (db: Queryable, token: string): Promise<boolean> => isUsedLink(db, token, UNSUBSCRIBE)
