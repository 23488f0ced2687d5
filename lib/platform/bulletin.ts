import { asc, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { announcements } from '#db/schema/platform.ts'
import { sha256 } from './crypto.ts'
import { log } from './log.ts'
import { type Contacts, NO_CONTACTS, readContacts } from './site-contacts.ts'

export type Incident = typeof announcements.$inferSelect

/** What every page may show: whom to ask, and what is going on. */
export interface Bulletin {
  contacts: Contacts
  /** Running now, the most pressing first. */
  incidents: Incident[]
  /** Changes whenever something about the incidents does. */
  version: string
}

const FRESH_MS = 5_000
const STALE_MS = 60_000

interface Posted {
  at: number
  read: Promise<Bulletin>
}

/** One a database and process, also across the copies of this module that a bundle makes. */
const held = globalThis as typeof globalThis & { posthouseBulletins?: WeakMap<Database, Posted> }
const posted = (): WeakMap<Database, Posted> => {
  held.posthouseBulletins ??= new WeakMap()
  return held.posthouseBulletins
}

/**
 * Read at most once in five seconds, and no page waits for it where somebody looked within the last minute. A database that does not
 * answer leaves what was known: an error page shows it, too.
 */
export function bulletin(db: Database): Promise<Bulletin> {
  const before = posted().get(db)
  const at = performance.now()
  if (before && at - before.at < FRESH_MS) return before.read
  const read = readBulletin(db).catch((error) => {
    log.warn({ error }, 'contacts and incidents not read')
    return before?.read ?? { contacts: NO_CONTACTS, incidents: [], version: '' }
  })
  if (!before || at - before.at >= STALE_MS) {
    posted().set(db, { at, read })
    return read
  }
  const meanwhile = { at, read: before.read }
  posted().set(db, meanwhile)
  void read.then(() => {
    if (posted().get(db) === meanwhile) posted().set(db, { at, read })
  })
  return before.read
}

/** Something was changed: the next page reads it. */
export const takeDownBulletin = (db: Database): void => void posted().delete(db)

async function readBulletin(db: Database): Promise<Bulletin> {
  const [contacts, incidents] = await Promise.all([readContacts(db), runningIncidents(db)])
  return {
    contacts,
    incidents,
    version: Buffer.from(sha256(JSON.stringify(incidents)))
      .toString('base64url')
      .slice(0, 16),
  }
}

async function runningIncidents(db: Queryable): Promise<Incident[]> {
  const { kind, startsAt, endsAt } = announcements
  return db
    .select()
    .from(announcements)
    .where(sql`${startsAt} <= now() and (${endsAt} is null or ${endsAt} > now())`)
    .orderBy(sql`array_position(array['stop', 'hold', 'wait'], ${kind})`, asc(startsAt))
}
