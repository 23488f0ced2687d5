import { countRequestsOperation, listRequestsOperation, showRequestOperation, watchRequestsOperation } from './operations.ts'

/** `query` as it stands in the address of the page. */
export const loadRequests = (query: Record<string, string>) => listRequestsOperation.load(query)
export const loadRequest = (account: string, id: string) => showRequestOperation.load({ mailbox: account, id })
export const loadRequestCount = () => countRequestsOperation.load()
export const loadWatchedRequests = () => watchRequestsOperation.watch()
