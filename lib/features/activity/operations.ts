import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { DESK } from '#lib/platform/staff.ts'
import { maySeeActivity } from './policy.ts'
import { ActivityEntry, ActivityPage, ExportActivity, ListActivity } from './schema.ts'
import { exportActivity, listActivity } from './service.ts'

export const listActivityOperation = operation({
  name: 'activity.list',
  summary: 'Everything done to the account, newest first',
  method: 'GET',
  path: '/mailboxes/{mailbox}/activity',
  input: ListActivity,
  output: ActivityPage,
  policy: maySeeActivity,
  staff: DESK,
  audit: () => ({}),
  run: listActivity,
})

export const exportActivityOperation = operation({
  name: 'activity.export',
  summary: 'The newest 10,000 entries, for a file',
  method: 'GET',
  path: '/mailboxes/{mailbox}/activity/export',
  input: ExportActivity,
  output: z.object({ entries: z.array(ActivityEntry) }),
  policy: maySeeActivity,
  audit: () => ({}),
  run: exportActivity,
})
