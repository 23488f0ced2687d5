import { MailCoreError } from './errors.ts'

/** What goes wrong with an embedded adapter is that its database does not answer. */
export async function unreachableUnless<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    if (cause instanceof MailCoreError) throw cause
    const cancelled = cause instanceof Error && 'code' in cause && cause.code === '57014'
    throw new MailCoreError(cancelled ? 'timeout' : 'unreachable', { cause })
  }
}
