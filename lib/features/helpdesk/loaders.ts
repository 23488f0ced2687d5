import { listCallsOperation, showAccountOperation } from './operations.ts'

export const loadCalls = () => listCallsOperation.load()
/** `account` as an answer of the search names it. */
export const loadAccount = (account: string) => showAccountOperation.load({ mailbox: account })
