import { listSentOperation } from './operations.ts'

/** `query` as it stands in the address of the page; `mailbox`: the reference of an account that staff look at. */
export const loadSent = (query: Record<string, string>, mailbox = 'me') => listSentOperation.load({ ...query, mailbox })
