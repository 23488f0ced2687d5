import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { log } from './log.ts'

const EVERY_MS = 2_000

/**
 * Says every two seconds that these workers live, and gives back the jobs of those that have said nothing for ten: a worker
 * that was killed delays its job by seconds (F3). A job may then run twice, which every job bears.
 */
export async function keepPulse(db: Database, workers: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await beat(db, [...workers]).catch((error) => log.error({ error }, 'no pulse'))
    await wait(EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

export async function beat(db: Database, workers: string[]): Promise<void> {
  for (const worker of workers) {
    await db.execute(sql`
      insert into worker_pulse (worker_id) values (${worker}) on conflict (worker_id) do update set seen_at = clock_timestamp()`)
  }
  await db.execute(sql`
    select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
     where locked_at < now() - interval '10 seconds'
       and locked_by not in (select worker_id from worker_pulse where seen_at > now() - interval '10 seconds')
    having count(*) > 0`)
  await db.execute(sql`delete from worker_pulse where seen_at < now() - interval '1 hour'`)
}

/** @throws when no worker has given a sign of life for 30 seconds */
export async function expectPulse(db: Database): Promise<void> {
  const [row] = await db.execute<{ lives: boolean }>(
    sql`select exists (select from worker_pulse where seen_at > now() - interval '30 seconds') as lives`,
  )
  if (!row?.lives) throw new Error('no worker lives')
}
