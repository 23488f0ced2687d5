import type { PendingQuery, Sql } from 'postgres'
import type { Delivery } from '../delivery/port.ts'
import { atMost } from '../limit.ts'
import { unreachableUnless } from '../sql-errors.ts'
import { type Arrival, type Judged, takeIn } from './intake.ts'
import { listenLmtp } from './lmtp-listener.ts'
import { readOctets } from './octets.ts'
import type { HeldMail, Quarantine } from './port.ts'
import { releaser } from './release.ts'
import { change, columns, isQueueId, keysOf, type Row, toMail, UNDECIDED } from './store.ts'
import { tidy } from './tidy.ts'

export interface QuarantineConfig {
  sql: Sql
  listen: { host: string; port: number }
  delivery: Delivery
  /** After how many days a held mail expires, and what is settled is forgotten. */
  heldDays: number
  /** Hears of what no caller does: a mail that was not taken, or not handed on at once. */
  onProblem?: (error: unknown) => void
  /** Names and judges a mail that came in. What it throws is told to `onProblem`, and the mail is kept by whoever sent it. */
  judge: (arrival: Arrival) => Promise<Judged>
}

// As many as a delivery's pool has connections for; octets of more would only wait in memory.
const RELEASES = 8
const MOST_COUNTED = 1_000

/** The quarantine in Postgres, whoever judges the mail. */
export function heldMail({ sql, listen, delivery, heldDays, onProblem = () => {}, judge }: QuarantineConfig): Quarantine {
  const limited = atMost(RELEASES)
  const release = releaser(sql, delivery)
  const releaseOne = (mailbox: string, id: string) => unreachableUnless(() => limited(() => release({ mailbox, id })))

  return {
    async listen() {
      let closing = false
      const handingOn = new Set<Promise<void>>()

      /** Nobody waits for this. What fails, and what is left when the listener closes, is an unfinished release. */
      const handOn = async (mailboxes: string[], id: string) => {
        for (const mailbox of mailboxes) if (!closing) await releaseOne(mailbox, id)
      }

      const take = async (arrival: Arrival) => {
        try {
          const judged = await judge(arrival)
          const work = handOn(await takeIn(sql, arrival, judged, heldDays), judged.queueId).catch(onProblem)
          handingOn.add(work)
          work.finally(() => handingOn.delete(work))
        } catch (error) {
          onProblem(error)
          throw error
        }
      }

      const intake = await listenLmtp({ ...listen, take })
      return {
        ...intake,
        async close() {
          closing = true
          await intake.close()
          await Promise.all(handingOn)
        },
      }
    },

    find: (mailbox, ids) =>
      unreachableUnless(async () => {
        const rows = await sql<Row[]>`
          select ${columns(sql)} from quarantine where mailbox = ${mailbox} and queue_id = any(${ids.filter(isQueueId)})`
        return rows.map(toMail)
      }),

    open: (mailbox, { limit, expiringBefore }) =>
      unreachableUnless(async () => {
        const rows = await sql<Row[]>`
          select ${columns(sql)} from quarantine
          where mailbox = ${mailbox} and state in ('held', 'requested', 'refused')
            ${expiringBefore ? sql`and expires_at < ${expiringBefore}` : sql``}
          order by expires_at, queue_id limit ${limit}`
        return rows.map(toMail)
      }),

    count: (mailbox) =>
      unreachableUnless(async () => {
        const [row] = await sql<{ count: number }[]>`
          select count(*)::int from (
            select from quarantine where mailbox = ${mailbox} and state in ('held', 'requested', 'refused') limit ${MOST_COUNTED}) undecided`
        return row?.count ?? 0
      }),

    raw: (mailbox, id) => unreachableUnless(() => readOctets(sql, mailbox, id)),

    startRelease: (mailbox, ids) =>
      unreachableUnless(() =>
        change(sql, keysOf(mailbox, ids), {
          from: UNDECIDED,
          to: (tx) => tx`state = 'releasing', attempts = 0, claimed_until = null`,
          event: { what: 'releasing' },
          outcome: 'releasing',
        }),
      ),

    release: releaseOne,

    unfinishedReleases: (limit) =>
      unreachableUnless(
        () => sql<{ mailbox: string; id: string }[]>`
          select mailbox, queue_id as id from quarantine
          where state = 'releasing' and (claimed_until is null or claimed_until <= now())
          order by claimed_until nulls first limit ${limit}`,
      ),

    request: (mailbox, ids, reason) =>
      unreachableUnless(() =>
        change(sql, keysOf(mailbox, ids), {
          from: ['held', 'refused'],
          to: (tx) => tx`state = 'requested', request = ${reason}, requested_at = now()`,
          event: { what: 'requested' },
        }),
      ),

    refuse: (mailbox, ids) =>
      unreachableUnless(() =>
        change(sql, keysOf(mailbox, ids), { from: ['requested'], to: (tx) => tx`state = 'refused'`, event: { what: 'refused' } }),
      ),

    remove: (mailbox, ids) =>
      unreachableUnless(() =>
        change(sql, keysOf(mailbox, ids), {
          from: UNDECIDED,
          to: (tx) => tx`state = 'deleted', settled_at = now()`,
          event: { what: 'deleted' },
          outcome: 'deleted',
        }),
      ),

    undoRemove: (mailbox, ids) =>
      unreachableUnless(() =>
        change(sql, keysOf(mailbox, ids), {
          from: ['deleted'],
          where: (tx) => tx`digest is not null and settled_at > now() - interval '10 minutes'`,
          to: (tx) => tx`state = 'held', settled_at = null`,
          event: { what: 'undeleted' },
          outcome: 'held',
        }),
      ),

    announce: (mailbox, announcement, limit) => unreachableUnless(() => announce(sql, mailbox, announcement, limit)),

    mailboxesToTell: ({ after, limit }) =>
      unreachableUnless(async () => {
        const rows = await mailboxesToTell(sql, after, limit)
        return rows.map(({ mailbox }) => mailbox)
      }),

    tidy: () => unreachableUnless(() => tidy(sql, heldDays)),
    check: () => unreachableUnless(async () => void (await sql`select from quarantine limit 1`)),
  }
}

/** From one mailbox in the index to the next, however much mail each holds. */
const mailboxesToTell = (sql: Sql, after: string, limit: number) => {
  const next = (last: PendingQuery<Row[]>) => sql<Row[]>`
    select mailbox from quarantine where announcement is null and state = 'held' and mailbox > ${last} order by mailbox limit 1`
  return sql<{ mailbox: string }[]>`
    with recursive found as (
      (${next(sql`${after}`)})
      union all select following.mailbox from found cross join lateral (${next(sql`found.mailbox`)}) following)
    select mailbox from found limit ${limit}`
}

async function announce(sql: Sql, mailbox: string, announcement: string, limit: number): Promise<HeldMail[]> {
  return sql.begin(async (tx) => {
    const told = () => tx<Row[]>`
      select ${columns(tx)} from quarantine
      where mailbox = ${mailbox} and announcement = ${announcement} order by held_at, queue_id`
    const before = await told()
    if (before.length > 0) return before.map(toMail)
    // Of two at once, the second waits here, and takes nothing that the first took.
    await tx`
      with next as materialized (
        select queue_id from quarantine
        where mailbox = ${mailbox} and announcement is null and state = 'held'
        order by held_at, queue_id limit ${limit} for update)
      update quarantine q set announcement = ${announcement} from next where q.mailbox = ${mailbox} and q.queue_id = next.queue_id`
    return (await told()).map(toMail)
  })
}
