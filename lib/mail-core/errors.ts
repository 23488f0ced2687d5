export type MailCoreErrorCode = 'unreachable' | 'refused' | 'not_found' | 'conflict' | 'timeout'

/** The one error that leaves an adapter. What the server said stays in `cause`, for logs only. */
export class MailCoreError extends Error {
  /** By its name: a bundler makes several copies of this class in one process, and an error of any of them is one. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value !== null && typeof value === 'object' && 'name' in value && value.name === 'MailCoreError'
  }

  readonly code: MailCoreErrorCode
  /** Enhanced status of a delivery that was refused (RFC 3463), `5.2.2`. */
  readonly status: string | undefined

  constructor(code: MailCoreErrorCode, options?: { cause?: unknown; status?: string }) {
    super(code, options)
    this.name = 'MailCoreError'
    this.code = code
    this.status = options?.status
  }
}
