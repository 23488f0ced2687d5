import type { ErrorCode } from '#lib/platform/errors.ts'
import type { Result } from '#lib/platform/operation.ts'

/** An operation that was refused, or whose answer never came. */
export interface Refused {
  ok: false
  code: ErrorCode | 'no_answer'
  reference: string
  fields?: string[]
  values?: Record<string, string | number>
}

/** Waits for an action. A connection that breaks is an answer too: the outcome is then not known. */
export async function answerOf<T>(call: Promise<Result<T>>): Promise<Extract<Result<T>, { ok: true }> | Refused> {
  try {
    return await call
  } catch {
    return { ok: false, code: 'no_answer', reference: '' }
  }
}
