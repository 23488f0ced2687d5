import { listSentOperation } from './operations.ts'

/** `query` as it stands in the address of the page. */
export const loadSent = (query: Record<string, string>) => listSentOperation.load(query)
