import { operation } from '#lib/platform/operation.ts'
import { DESK } from '#lib/platform/staff.ts'
import { mayHandleSent, mayWithdraw } from './policy.ts'
import {
  Finished,
  FinishRecall,
  ListSent,
  OneSent,
  Recall,
  RecallPreview,
  SentDetail,
  SentPage,
  WithdrawCopy,
  Withdrawn,
} from './schema.ts'
import { finishRecall, listSent, previewRecall, recallSent, showRecall, showSent, withdrawCopy } from './service.ts'

/** Each look asks up to a hundred mailboxes. */
const lookLimit = ({ mailbox }: { mailbox: string }) => [{ key: `sent.look:${mailbox}`, limit: 60, per: '1 minute' as const }]

export const listSentOperation = operation({
  name: 'sent.list',
  summary: 'What the mailbox sent and what became of it, newest first',
  method: 'GET',
  path: '/mailboxes/{mailbox}/sent',
  input: ListSent,
  output: SentPage,
  // A search reads more than a page.
  limits: ({ mailbox, search }) => (search ? [{ key: `sent.search:${mailbox}`, limit: 60, per: '1 minute' }] : []),
  policy: mayHandleSent,
  staff: DESK,
  audit: () => ({}),
  run: listSent,
})

export const showSentOperation = operation({
  name: 'sent.show',
  summary: 'One sent mail: what became of it for each recipient, and for those here whether it was read',
  method: 'GET',
  path: '/mailboxes/{mailbox}/sent/{id}',
  input: OneSent,
  output: SentDetail,
  limits: lookLimit,
  policy: mayHandleSent,
  staff: DESK,
  audit: ({ id }) => ({ id }),
  run: showSent,
})

export const previewRecallOperation = operation({
  name: 'sent.preview-recall',
  summary: 'How many copies a recall would take back, and why not the others',
  method: 'GET',
  path: '/mailboxes/{mailbox}/sent/{id}/recall-preview',
  input: OneSent,
  output: RecallPreview,
  limits: lookLimit,
  policy: mayHandleSent,
  audit: ({ id }) => ({ id }),
  run: previewRecall,
})

export const recallSentOperation = operation({
  name: 'sent.recall',
  summary: 'Take a sent mail back out of the mailboxes here, once; that cannot be undone',
  method: 'POST',
  path: '/mailboxes/{mailbox}/sent/{id}/recall',
  input: OneSent,
  output: Recall,
  policy: mayHandleSent,
  stepUp: true,
  limits: ({ mailbox }) => [{ key: `sent.recall:${mailbox}`, limit: 30, per: '1 hour' }],
  audit: ({ id }) => ({ id }),
  run: recallSent,
})

export const showRecallOperation = operation({
  name: 'sent.show-recall',
  summary: 'How far a recall is, with each recipient’s result',
  method: 'GET',
  path: '/mailboxes/{mailbox}/sent/{id}/recall',
  input: OneSent,
  output: Recall,
  policy: mayHandleSent,
  audit: ({ id }) => ({ id }),
  run: showRecall,
})

export const withdrawCopyOperation = operation({
  name: 'sent.withdraw',
  summary: 'Take one recipient’s copy of a recalled mail out of the mailbox',
  method: 'POST',
  input: WithdrawCopy,
  output: Withdrawn,
  policy: mayWithdraw,
  audit: ({ recall }) => ({ recall }),
  run: withdrawCopy,
})

export const finishRecallOperation = operation({
  name: 'sent.finish-recall',
  summary: 'Close a recall of which nothing is left to do',
  method: 'POST',
  input: FinishRecall,
  output: Finished,
  policy: mayWithdraw,
  audit: ({ recall }) => ({ recall }),
  run: finishRecall,
})
