import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { DESK } from '#lib/platform/staff.ts'
import { mayRestore } from './policy.ts'
import { CountDeleted, DeletedCount, DeletedPage, ListDeleted, OneRestore, Restore, Started, StartRestore } from './schema.ts'
import { countDeleted, listDeleted, showRestore, startRestore, stopRestore } from './service.ts'

/** Each page is a login to the mail server. */
const pageLimit = ({ mailbox }: { mailbox: string }) => [{ key: `restore.list:${mailbox}`, limit: 180, per: '1 minute' }]
const searchLimit = ({ mailbox }: { mailbox: string }) => [{ key: `restore.search:${mailbox}`, limit: 60, per: '1 minute' }]

export const listDeletedOperation = operation({
  name: 'restore.list',
  summary: 'Mail deleted in the last seven days, in all folders, the newest deletion first',
  method: 'GET',
  path: '/mailboxes/{mailbox}/deleted',
  input: ListDeleted,
  output: DeletedPage,
  limits: (input) => (input.text ? searchLimit(input) : pageLimit(input)),
  policy: mayRestore,
  staff: DESK,
  audit: () => ({}),
  run: listDeleted,
})

export const countDeletedOperation = operation({
  name: 'restore.count',
  summary: 'How much deleted mail the filters let through, by folder, and whether there is room for it',
  method: 'GET',
  path: '/mailboxes/{mailbox}/deleted/count',
  input: CountDeleted,
  output: DeletedCount,
  limits: searchLimit,
  policy: mayRestore,
  staff: DESK,
  audit: () => ({}),
  run: countDeleted,
})

export const startRestoreOperation = operation({
  name: 'restore.start',
  summary: 'Restore deleted mail to the folders it was in, each once; goes on by itself',
  method: 'POST',
  path: '/mailboxes/{mailbox}/restores',
  input: StartRestore,
  output: Started,
  policy: mayRestore,
  staff: DESK,
  stepUp: true,
  audit: ({ ids, all, text, folder, from, until }) => ({
    ...(ids ? { count: ids.length } : { all: all === true, text: text ?? null, folder: folder ?? null }),
    ...(from && { from: from.toISOString() }),
    ...(until && { until: until.toISOString() }),
  }),
  run: startRestore,
})

export const showRestoreOperation = operation({
  name: 'restore.show',
  summary: 'How far a restore is, by folder',
  method: 'GET',
  path: '/mailboxes/{mailbox}/restores/{id}',
  input: OneRestore,
  output: Restore,
  policy: mayRestore,
  staff: DESK,
  audit: ({ id }) => ({ id }),
  run: showRestore,
})

export const stopRestoreOperation = operation({
  name: 'restore.stop',
  summary: 'Stop a restore; what is back stays back',
  method: 'POST',
  path: '/mailboxes/{mailbox}/restores/{id}/stop',
  input: OneRestore,
  output: z.object({ id: z.uuid() }),
  policy: mayRestore,
  staff: DESK,
  audit: ({ id }) => ({ id }),
  run: stopRestore,
})
