import { MailCoreError } from '#lib/mail-core/errors.ts'
import { log } from './log.ts'

/** A mail system that is away empties its part of a page, not the page (F13). */
export async function unlessAway<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof MailCoreError)) throw error
    log.warn({ error }, 'a page without the mail system')
    return null
  }
}
