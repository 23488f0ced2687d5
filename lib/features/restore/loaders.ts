import { listDeletedOperation, showRestoreOperation } from './operations.ts'

/** `query` as it stands in the address of the page. */
export const loadDeleted = (query: Record<string, string>) => listDeletedOperation.load(query)
export const loadRestore = (id: string) => showRestoreOperation.load({ id })
