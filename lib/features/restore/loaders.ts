import { listDeletedOperation, showRestoreOperation } from './operations.ts'

/** `query` as it stands in the address of the page; `mailbox`: the reference of an account that staff look at. */
export const loadDeleted = (query: Record<string, string>, mailbox = 'me') => listDeletedOperation.load({ ...query, mailbox })
export const loadRestore = (id: string, mailbox = 'me') => showRestoreOperation.load({ id, mailbox })
