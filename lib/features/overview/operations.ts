import { operation } from '#lib/platform/operation.ts'
import { maySeeOverview } from './policy.ts'
import { Overview, ShowOverview } from './schema.ts'
import { showOverview } from './service.ts'

export const showOverviewOperation = operation({
  name: 'overview.show',
  summary: 'What needs attention, the newest mail, the quota and the recent sign-ins',
  method: 'GET',
  path: '/mailboxes/{mailbox}/overview',
  input: ShowOverview,
  output: Overview,
  policy: maySeeOverview,
  audit: () => ({}),
  run: showOverview,
})
