import { AppError } from '../errors.ts'
import { log } from '../log.ts'

/** Why an identity provider's word was not taken, for the log: our own words, never the provider's. */
export class ProviderError extends Error {
  readonly code: 'provider_refused' | 'provider_down'
  readonly why: string

  constructor(code: ProviderError['code'], why: string, options?: { cause?: unknown }) {
    super(why, options)
    this.name = 'ProviderError'
    this.code = code
    this.why = why
  }
}

export const refused = (why: string, cause?: unknown) => new ProviderError('provider_refused', why, { cause })
export const down = (why: string, cause?: unknown) => new ProviderError('provider_down', why, { cause })

/** The reason that the sign-in page tells; the log says more. */
export function reasonOf(error: unknown): string {
  if (error instanceof ProviderError) {
    log.warn({ why: error.why, error: error.cause }, error.code)
    return error.code
  }
  if (error instanceof AppError) return error.code
  log.error({ error }, 'sign-in failed')
  return 'unexpected'
}
