import { open, seal } from './crypto.ts'

const PREFIX = 'acct_'
const contextOf = (agent: string) => `account:${agent}`

/** Names an account to one member of staff without telling its address, which stays masked until the caller is verified. */
export const accountReference = (agent: string, mailbox: string): string =>
  PREFIX + Buffer.from(seal(mailbox, contextOf(agent))).toString('base64url')

/** Undefined for what is no reference, or another's. */
export function accountOfReference(agent: string, text: string): string | undefined {
  if (!text.startsWith(PREFIX)) return undefined
  try {
    return open(Buffer.from(text.slice(PREFIX.length), 'base64url'), contextOf(agent))
  } catch {
    return undefined
  }
}
