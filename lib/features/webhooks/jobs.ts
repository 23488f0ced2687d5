import { z } from 'zod'
import type { Jobs } from '#lib/platform/jobs.ts'
import { DELIVER } from '#lib/platform/webhooks/events.ts'
import { deliver } from './service.ts'
import { settleAbandoned } from './store.ts'

const Deliver = z.object({ webhook: z.guid(), delivery: z.string() })

export const webhookJobs: Jobs = {
  tasks: {
    [DELIVER]: (payload, on) => {
      const { webhook, delivery } = Deliver.parse(payload)
      return deliver(on, webhook, delivery)
    },
    'webhooks.settle': (_, { db }) => settleAbandoned(db),
  },
  every: { 'webhooks.settle': 3600 },
}
