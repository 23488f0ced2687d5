import { z } from 'zod'
import type { Queryable } from '#db/client.ts'
import { type Env, env } from '../env.ts'
import type { Jobs } from '../jobs.ts'
import { outboxSms } from './outbox.ts'
import type { SmsProvider } from './port.ts'
import { sendSms, settleAbandonedSms } from './send-job.ts'
import { twilioSms } from './twilio.ts'

const Send = z.object({ messageId: z.guid() })

export const smsJobs: Jobs = {
  tasks: {
    'sms.send': (payload, { db }) => {
      const sender = { db, provider: smsProvider(env(), db), countries: env().SMS_COUNTRIES, prices: env().SMS_PRICES }
      return sendSms(sender, Send.parse(payload).messageId)
    },
    'sms.settle': (_, { db }) => settleAbandonedSms(db),
  },
  every: { 'sms.settle': 300 },
}

/** env.ts has seen to it that the chosen provider's settings are there. */
function smsProvider(settings: Env, db: Queryable): SmsProvider {
  if (settings.SMS === 'outbox') return outboxSms(db)
  return twilioSms({
    accountSid: settings.TWILIO_ACCOUNT_SID as string,
    authToken: settings.TWILIO_AUTH_TOKEN as string,
    from: settings.TWILIO_FROM as string,
    publicUrl: settings.PUBLIC_URL,
    apiUrl: settings.TWILIO_API_URL,
  })
}
