import { MailCoreError } from './errors.ts'

/** What the database refuses or leaves unanswered is `MailCoreError`; a mistake of the program stays what it is. */
export async function unreachableUnless<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (cause instanceof MailCoreError || code === '' || code.startsWith('ERR_')) throw cause
    throw new MailCoreError(code === '57014' ? 'timeout' : 'unreachable', { cause })
  }
}
