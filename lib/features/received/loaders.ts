import { listReceivedOperation, previewDocumentOperation, showReceivedOperation, watchReceivedOperation } from './operations.ts'

/** `query` as it stands in the address of the page; `mailbox`: the reference of an account that staff look at. */
export const loadReceived = (query: Record<string, string>, mailbox = 'me') => listReceivedOperation.load({ ...query, mailbox })
export const loadOneReceived = (id: string) => showReceivedOperation.load({ id })
export const loadPreviewDocument = (id: string) => previewDocumentOperation.load({ id })
/** For a stream, which no redirect helps: without a session it is refused. */
export const loadWatched = () => watchReceivedOperation.loadPublic({})
