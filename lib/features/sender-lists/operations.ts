import { operation } from '#lib/platform/operation.ts'
import { mayEditLists } from './policy.ts'
import {
  Checked,
  CheckSender,
  Imported,
  ImportSenders,
  ListSenders,
  Preview,
  PutResult,
  PutSenders,
  Removed,
  RemoveSenders,
  SenderList,
} from './schema.ts'
import { checkSender, importSenders, listSenders, named, previewImport, putSenders, removeSenders } from './service.ts'

export const listSendersOperation = operation({
  name: 'sender-lists.list',
  summary: 'The allowed and the blocked senders, with when each was last met',
  method: 'GET',
  path: '/mailboxes/{mailbox}/senders',
  input: ListSenders,
  output: SenderList,
  policy: mayEditLists,
  audit: () => ({}),
  run: listSenders,
})

export const putSendersOperation = operation({
  name: 'sender-lists.put',
  summary: 'Allow or block senders; the next message obeys',
  method: 'POST',
  path: '/mailboxes/{mailbox}/senders',
  input: PutSenders,
  output: PutResult,
  policy: mayEditLists,
  audit: ({ senders, verdict, expiresOn }) => ({ ...named(senders), verdict, expiry: expiresOn ?? null }),
  run: putSenders,
})

export const removeSendersOperation = operation({
  name: 'sender-lists.remove',
  summary: 'Take senders off the lists; the next message obeys',
  method: 'POST',
  path: '/mailboxes/{mailbox}/senders/remove',
  input: RemoveSenders,
  output: Removed,
  policy: mayEditLists,
  audit: ({ senders }) => named(senders),
  run: removeSenders,
})

export const checkSenderOperation = operation({
  name: 'sender-lists.check',
  summary: 'What the lists do with mail from a sender, and which rule decides',
  method: 'GET',
  path: '/mailboxes/{mailbox}/senders/check',
  input: CheckSender,
  output: Checked,
  policy: mayEditLists,
  audit: ({ sender }) => ({ name: sender }),
  run: checkSender,
})

export const exportSendersOperation = operation({
  name: 'sender-lists.export',
  summary: 'Both lists, for a file',
  method: 'GET',
  path: '/mailboxes/{mailbox}/senders/export',
  input: ListSenders,
  output: SenderList,
  policy: mayEditLists,
  audit: () => ({}),
  run: listSenders,
})

/** Reads and changes nothing, but its input is too long for an address. */
export const previewImportOperation = operation({
  name: 'sender-lists.preview',
  summary: 'What would come of a list that is brought along',
  method: 'GET',
  input: ImportSenders,
  output: Preview,
  policy: mayEditLists,
  audit: () => ({}),
  run: previewImport,
})

export const importSendersOperation = operation({
  name: 'sender-lists.import',
  summary: 'Put a pasted or saved list on one’s own, all of it or nothing',
  method: 'POST',
  path: '/mailboxes/{mailbox}/senders/import',
  input: ImportSenders,
  output: Imported,
  policy: mayEditLists,
  perMinute: 20,
  audit: () => ({}),
  run: importSenders,
})
