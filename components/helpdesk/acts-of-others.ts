import type { Result } from '#lib/platform/operation.ts'

type Action<T> = (input: unknown, idempotencyKey?: string, warrant?: unknown) => Promise<Result<T>>

/** The owner's own operations, which staff may use for a verified caller; the page hands them over. */
export interface ActsOfOthers {
  issuePass: Action<{ pass: string; expiresAt: Date }>
  endSession: Action<unknown>
  endSessions: Action<{ ended: number }>
  switchAppPasswords: Action<unknown>
  revokeAppPasswords: Action<{ revoked: number }>
}
