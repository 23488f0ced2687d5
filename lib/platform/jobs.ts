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
}

/** Enqueues in the caller's transaction: what is rolled back is not done (outbox). */
export async function enqueue(
  tx: Pick<Queryable, 'execute'>,
  task: string,
  payload: JobPayload,
  { key, queue, attempts = 10 }: EnqueueOptions = {},
): Promise<void> {
  await tx.execute(
    sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, max_attempts => ${attempts}, job_key => ${key ?? null}, queue_name => ${queue ?? null})`,
  )
}
