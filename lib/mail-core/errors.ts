export type MailCoreErrorCode = 'unreachable' | 'refused' | 'not_found' | 'conflict' | 'timeout'

/** The one error that leaves an adapter. What the server said stays in `cause`, for logs only. */
export class MailCoreError extends Error {
  readonly code: MailCoreErrorCode

  constructor(code: MailCoreErrorCode, options?: { cause?: unknown }) {
    super(code, options)
    this.name = 'MailCoreError'
    this.code = code
  }
}
