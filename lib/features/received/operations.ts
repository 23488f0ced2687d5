import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { DESK } from '#lib/platform/staff.ts'
import { mayHandleReceived } from './policy.ts'
import {
  Changed,
  Deleted,
  DeleteReceived,
  ListReceived,
  MoveReceived,
  OneReceived,
  Preview,
  PreviewDocument,
  ReceivedDetail,
  ReceivedPage,
  Released,
  ReleaseReceived,
  RequestRelease,
  UndeleteReceived,
  WatchReceived,
} from './schema.ts'
import {
  deleteReceived,
  listReceived,
  moveToInbox,
  previewDocument,
  previewReceived,
  releaseReceived,
  requestRelease,
  showReceived,
  undeleteReceived,
  watchReceived,
} from './service.ts'

const previewLimit = ({ mailbox }: { mailbox: string }) => [{ key: `received.preview:${mailbox}`, limit: 60, per: '1 minute' }]
const named = ({ ids }: { ids: string[] }) => ({ count: ids.length, ids: ids.slice(0, 20) })

export const listReceivedOperation = operation({
  name: 'received.list',
  summary: 'What was sent to the mailbox and what became of it, newest first',
  method: 'GET',
  path: '/mailboxes/{mailbox}/received',
  input: ListReceived,
  output: ReceivedPage,
  // A search reads more than a page.
  limits: ({ mailbox, search }) => (search ? [{ key: `received.search:${mailbox}`, limit: 60, per: '1 minute' }] : []),
  policy: mayHandleReceived,
  staff: DESK,
  audit: () => ({}),
  run: listReceived,
})

export const showReceivedOperation = operation({
  name: 'received.show',
  summary: 'One mail: from the first connection to the folder, with what the filter found',
  method: 'GET',
  path: '/mailboxes/{mailbox}/received/{id}',
  input: OneReceived,
  output: ReceivedDetail,
  policy: mayHandleReceived,
  staff: DESK,
  audit: ({ id }) => ({ id }),
  run: showReceived,
})

export const previewReceivedOperation = operation({
  name: 'received.preview',
  summary: 'The text of a held mail, its links and the names of its attachments; nothing is loaded and nothing runs',
  method: 'GET',
  path: '/mailboxes/{mailbox}/received/{id}/preview',
  input: OneReceived,
  output: Preview,
  limits: previewLimit,
  policy: mayHandleReceived,
  audit: ({ id }) => ({ id }),
  run: previewReceived,
})

export const previewDocumentOperation = operation({
  name: 'received.preview-document',
  summary: 'The held mail as a document for a frame without rights',
  method: 'GET',
  input: OneReceived,
  output: PreviewDocument,
  limits: previewLimit,
  policy: mayHandleReceived,
  audit: ({ id }) => ({ id }),
  run: previewDocument,
})

export const watchReceivedOperation = operation({
  name: 'received.watch',
  summary: 'Hears of it when something of the mailbox’s mail changes',
  method: 'GET',
  input: WatchReceived,
  output: z.object({ mailbox: z.string() }),
  policy: mayHandleReceived,
  audit: () => ({}),
  run: watchReceived,
})

export const releaseReceivedOperation = operation({
  name: 'received.release',
  summary: 'Release held mail to the inbox, where it arrives once; malware and phishing only through the helpdesk',
  method: 'POST',
  path: '/mailboxes/{mailbox}/received/release',
  input: ReleaseReceived,
  output: Released,
  policy: mayHandleReceived,
  staff: { ...DESK, when: ({ allow }) => !allow },
  audit: (input) => ({ ...named(input), allow: input.allow }),
  run: releaseReceived,
})

export const requestReleaseOperation = operation({
  name: 'received.request-release',
  summary: 'Ask the helpdesk to release mail that the owner may not',
  method: 'POST',
  path: '/mailboxes/{mailbox}/received/request-release',
  input: RequestRelease,
  output: Changed,
  policy: mayHandleReceived,
  audit: (input) => ({ ...named(input), reason: input.reason }),
  run: requestRelease,
})

export const deleteReceivedOperation = operation({
  name: 'received.delete',
  summary: 'Delete held mail; it can be brought back for ten minutes',
  method: 'POST',
  path: '/mailboxes/{mailbox}/received/delete',
  input: DeleteReceived,
  output: Deleted,
  policy: mayHandleReceived,
  audit: (input) => ({ ...named(input), block: input.block }),
  run: deleteReceived,
})

export const undeleteReceivedOperation = operation({
  name: 'received.undelete',
  summary: 'Bring held mail back that was deleted within the last ten minutes',
  method: 'POST',
  path: '/mailboxes/{mailbox}/received/undelete',
  input: UndeleteReceived,
  output: Changed,
  policy: mayHandleReceived,
  audit: named,
  run: undeleteReceived,
})

export const moveToInboxOperation = operation({
  name: 'received.move-to-inbox',
  summary: 'Move a mail from the folder for junk to the inbox',
  method: 'POST',
  path: '/mailboxes/{mailbox}/received/{id}/move-to-inbox',
  input: MoveReceived,
  output: z.object({ id: z.string() }),
  policy: mayHandleReceived,
  audit: ({ id }) => ({ id }),
  run: moveToInbox,
})
