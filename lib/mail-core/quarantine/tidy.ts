import { randomBytes } from 'node:crypto'
import type { Sql } from 'postgres'
import { change, type Key, UNDECIDED } from './store.ts'

// Each statement has to end within the database's limit of 5 s.
const ROWS = 500
// A raw may have fifty megabytes.
const RAWS = 20

/** Expires what is due, erases octets that nobody needs any more, and forgets what was settled so many days ago. */
export async function tidy(sql: Sql, days: number): Promise<void> {
  while (await expire(sql)) {}
  for (let digests = await letGo(sql); digests.length > 0; digests = await letGo(sql)) await erase(sql, digests)
  await erase(sql, await unreferenced(sql))
  while ((await forget(sql, days)) === ROWS) {}
}

/** Whether there may be more. */
async function expire(sql: Sql): Promise<boolean> {
  const due = await sql<Key[]>`
    select mailbox, queue_id as id from quarantine
    where digest is not null and expires_at <= now() and state = any(${UNDECIDED}) order by expires_at limit ${ROWS}`
  const expired = await change(sql, due, {
    from: UNDECIDED,
    where: (tx) => tx`expires_at <= now()`,
    to: (tx) => tx`state = 'expired', settled_at = now()`,
    event: { what: 'expired' },
    outcome: 'expired',
  })
  return due.length === ROWS && expired.length > 0
}

/** Digests, in hexadecimal, of octets that somebody needed until now. */
async function letGo(sql: Sql): Promise<string[]> {
  const rows = await sql<{ hex: string }[]>`
    with due as materialized (
      select mailbox, queue_id, digest from quarantine
      where digest is not null and settled_at is not null and (state = 'expired'
        or state = 'deleted' and settled_at <= now() - interval '10 minutes' or state = 'released' and settled_at <= now() - interval '1 day')
      limit ${ROWS} for update skip locked)
    update quarantine q set digest = null from due where q.mailbox = due.mailbox and q.queue_id = due.queue_id
    returning encode(due.digest, 'hex') as hex`
  return [...new Set(rows.map(({ hex }) => hex))]
}

/** What a crash, or an intake that failed, left behind: looked for among a few each time, from any place on. */
async function unreferenced(sql: Sql): Promise<string[]> {
  const start = randomBytes(32)
  const rows = await sql<{ hex: string }[]>`
    select encode(digest, 'hex') as hex from (
      (select digest from quarantine_raw where digest >= ${start} order by digest limit ${ROWS})
      union all (select digest from quarantine_raw where digest < ${start} order by digest limit ${ROWS})
      limit ${ROWS}) r
    where not exists (select from quarantine q where q.digest = r.digest)`
  return rows.map(({ hex }) => hex)
}

/**
 * An intake locks the octets that it refers to: those are passed over here. Once they are locked here, an intake waits and then
 * stores them again. The second statement sees what was committed before the locks.
 */
async function erase(sql: Sql, digests: string[]): Promise<void> {
  for (let start = 0; start < digests.length; start += RAWS) {
    const some = digests.slice(start, start + RAWS)
    await sql.begin(async (tx) => {
      const locked = await tx<{ hex: string }[]>`
        select encode(digest, 'hex') as hex from quarantine_raw
        where digest in (select decode(hex, 'hex') from unnest(${some}::text[]) hex) for update skip locked`
      await tx`
        delete from quarantine_raw r
        where digest in (select decode(hex, 'hex') from unnest(${locked.map(({ hex }) => hex)}::text[]) hex)
          and not exists (select from quarantine q where q.digest = r.digest)`
    })
  }
}

async function forget(sql: Sql, days: number): Promise<number> {
  const { count } = await sql`
    with due as materialized (
      select mailbox, queue_id from quarantine
      where digest is null and settled_at <= now() - ${days}::int * interval '1 day'
      order by settled_at limit ${ROWS} for update skip locked)
    delete from quarantine q using due where q.mailbox = due.mailbox and q.queue_id = due.queue_id`
  return count
}
