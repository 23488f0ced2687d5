import type { ErrorCode, ErrorDetail } from '#lib/platform/errors.ts'
import type { Result } from '#lib/platform/operation.ts'

/** Why something was not done. `no_answer`: the connection broke, so the outcome is not known; `guessed`: no code counts for a while. */
export interface Failure extends ErrorDetail {
  code: ErrorCode | 'no_answer' | 'guessed'
  reference: string
  /** Two refusals alike are still two. */
  id: number
}

type Outcome<T> = { ok: true; data: T; reference: string } | ({ ok: false } & Failure)

let last = 0
export function failure(why: Omit<Failure, 'id'>): Failure {
  last += 1
  return { ...why, id: last }
}

/** Waits for an action; a connection that breaks is an answer too. */
export async function attempt<T>(action: Promise<Result<T>>): Promise<Outcome<T>> {
  try {
    const result = await action
    return result.ok ? result : { ok: false, ...failure(result) }
  } catch {
    return { ok: false, ...failure({ code: 'no_answer', reference: '' }) }
  }
}
