import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import type { Resources } from './context.ts'

/** A job's payload names rows; it holds no secret and no personal data. */
export type JobPayload = Record<string, string | number | boolean>

/** Work that leaves the database. It may run more than once, so it must be idempotent. */
export type Job = (payload: JobPayload, on: Resources) => Promise<void>

/** The jobs of one capability, and how often those run that nobody asks for. */
export interface Jobs {
  tasks: Record<string, Job>
  /** Seconds between runs. */
  every?: Record<string, number>
}

export interface EnqueueOptions {
  /** A job under the same key that has not started is replaced, not doubled. */
  key?: string
  /** Jobs of one queue run one after the other. */
  queue?: string
  attempts?: number
  /** Not before so many minutes are over. */
  afterMinutes?: number
  /** What many mails make at once stands back behind what a person waits for. */
  bulk?: true
}

const BULK_PRIORITY = 10

/** Enqueues in the caller's transaction: what is rolled back is not done (outbox). */
export async function enqueue(
  tx: Pick<Queryable, 'execute'>,
  task: string,
  payload: JobPayload,
  { key, ...options }: EnqueueOptions = {},
): Promise<void> {
  await tx.execute(
    sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, job_key => ${key ?? null}, ${howOf(options)})`,
  )
}

const howOf = ({ queue, attempts = 10, bulk, afterMinutes = 0 }: Omit<EnqueueOptions, 'key'>) => sql`
  max_attempts => ${attempts}, queue_name => ${queue ?? null}, priority => ${bulk ? BULK_PRIORITY : 0}::int,
  run_at => now() + make_interval(mins => ${afterMinutes}::int)`

/** The same for many rows, in one statement. */
export async function enqueueEach(
  tx: Pick<Queryable, 'execute'>,
  task: string,
  payloads: JobPayload[],
  options: Omit<EnqueueOptions, 'key'> = {},
): Promise<void> {
  if (payloads.length === 0) return
  await tx.execute(sql`
    select graphile_worker.add_job(${task}, payload, ${howOf(options)})
      from json_array_elements(${JSON.stringify(payloads)}::json) payload`)
}
