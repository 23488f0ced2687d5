import addressparser from 'nodemailer/lib/addressparser'
import { z } from 'zod'
import type { Resources } from '../context.ts'
import { env } from '../env.ts'
import type { Jobs } from '../jobs.ts'
import { deliverBySmtp, deliverToInbox } from './deliver.ts'
import { sendNotice, settleAbandonedNotices } from './send-job.ts'

const Send = z.object({ noticeId: z.guid() })

export const noticeJobs: Jobs = {
  tasks: {
    'notice.send': (payload, on) => sendNotice(senderOf(on), Send.parse(payload).noticeId),
    'notice.settle': (_, { db }) => settleAbandonedNotices(db),
  },
  every: { 'notice.settle': 3600 },
}

function senderOf({ db, mail }: Resources) {
  const settings = env()
  const [from] = addressparser(settings.NOTICE_FROM, { flatten: true })
  if (!from?.address) throw new Error('NOTICE_FROM is no address')
  return {
    db,
    deliver: settings.NOTICE_SMTP_URL ? deliverBySmtp(settings.NOTICE_SMTP_URL) : deliverToInbox(mail.mailbox),
    from: { name: from.name, address: from.address },
    site: {
      publicUrl: settings.PUBLIC_URL,
      timeZone: settings.TIME_ZONE,
      name: { 'zh-CN': settings.SITE_NAME_ZH, en: settings.SITE_NAME_EN },
      hotline: { 'zh-CN': settings.HOTLINE_ZH, en: settings.HOTLINE_EN },
    },
  }
}
