import { z } from 'zod'
import type { Jobs } from '../jobs.ts'
import { sendNotice, settleAbandonedNotices } from './send-job.ts'
import { noticeSending } from './sender.ts'

const Send = z.object({ noticeId: z.guid() })

export const noticeJobs: Jobs = {
  tasks: {
    'notice.send': async (payload, on) => sendNotice(await noticeSending(on), Send.parse(payload).noticeId),
    'notice.settle': (_, { db }) => settleAbandonedNotices(db),
  },
  every: { 'notice.settle': 3600 },
}
