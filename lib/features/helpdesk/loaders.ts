import { searchAccountsOperation, showAccountOperation } from './operations.ts'

export const loadFoundAccounts = (query: string) => searchAccountsOperation.load({ query })
/** `account` as an answer of the search names it. */
export const loadAccount = (account: string) => showAccountOperation.load({ mailbox: account })
