import addressparser from 'nodemailer/lib/addressparser'
import type { Resources } from '../context.ts'
import { env } from '../env.ts'
import { hotlinesOf, readContacts } from '../site-contacts.ts'
import { deliverBySmtp, deliverToInbox } from './deliver.ts'
import type { NoticeSender } from './send-job.ts'

/** From whom security notices come. */
export function noticeSender(): { name: string; address: string } {
  const [from] = addressparser(env().NOTICE_FROM, { flatten: true })
  if (!from?.address) throw new Error('NOTICE_FROM is no address')
  return { name: from.name, address: from.address }
}

/** What the portal writes mails with, as the site has set it. */
export async function noticeSending({ db, mail }: Resources): Promise<NoticeSender> {
  const settings = env()
  return {
    db,
    deliver: settings.NOTICE_SMTP_URL ? deliverBySmtp(settings.NOTICE_SMTP_URL) : deliverToInbox(mail.mailbox),
    from: noticeSender(),
    site: {
      publicUrl: settings.PUBLIC_URL,
      timeZone: settings.TIME_ZONE,
      name: { 'zh-CN': settings.SITE_NAME_ZH, en: settings.SITE_NAME_EN },
      hotline: hotlinesOf(await readContacts(db)),
    },
  }
}
