import { listReceivedOperation, previewDocumentOperation, showReceivedOperation, watchReceivedOperation } from './operations.ts'

/** `query` as it stands in the address of the page. */
export const loadReceived = (query: Record<string, string>) => listReceivedOperation.load(query)
export const loadOneReceived = (id: string) => showReceivedOperation.load({ id })
export const loadPreviewDocument = (id: string) => previewDocumentOperation.load({ id })
/** For a stream, which no redirect helps: without a session it is refused. */
export const loadWatched = () => watchReceivedOperation.loadPublic({})
