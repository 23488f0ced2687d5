import { listReceivedOperation, previewDocumentOperation, showReceivedOperation, watchReceivedOperation } from './operations.ts'

/** `query` as it stands in the address of the page; `mailbox`: the reference of an account that staff look at. */
export const loadReceived = (query: Record<string, string>, mailbox = 'me') => listReceivedOperation.load({ ...query, mailbox })
export const loadOneReceived = (id: string) => showReceivedOperation.load({ id })
export const loadPreviewDocument = (id: string) => previewDocumentOperation.load({ id })
export const loadWatched = () => watchReceivedOperation.watch()
