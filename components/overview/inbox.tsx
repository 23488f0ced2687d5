import Inbox from 'lucide-react/icons/inbox'
import Unplug from 'lucide-react/icons/unplug'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Overview } from '#lib/features/overview/schema.ts'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'

type Mail = NonNullable<Overview['mailbox']>['recent'][number]

/** The newest messages; null when the mail store does not answer. */
export async function NewestMail({ mails }: { mails: Mail[] | null }) {
  const t = await getTranslations('overview.inbox')
  if (mails && mails.length > 0) {
    return (
      <Section title={t('title')}>
        <MailTable mails={mails} />
      </Section>
    )
  }
  return (
    <Section title={t('title')}>
      {mails ? (
        <Empty icon={<Inbox />} title={t('empty')}>
          {t('emptyText')}
        </Empty>
      ) : (
        <Empty icon={<Unplug />} title={t('away')} action={<ButtonLink href="/overview">{t('retry')}</ButtonLink>}>
          {t('awayText')}
        </Empty>
      )}
    </Section>
  )
}

async function MailTable({ mails }: { mails: Mail[] }) {
  const [t, format] = await Promise.all([getTranslations('overview.inbox'), getFormat()])
  return (
    <Table label={t('title')} fold="max-md:[&_tr]:[grid-template-areas:'b_a'_'c_c']">
      <thead>
        <Tr>
          <Th className="w-30">{t('time')}</Th>
          <Th className="w-36">{t('from')}</Th>
          <Th>{t('subject')}</Th>
          <Th className="w-18" end wideOnly>
            {t('size')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <Tr key={mail.id}>
            <Td area="a" figures faint>
              <time dateTime={mail.receivedAt.toISOString()}>{format.moment(mail.receivedAt)}</time>
            </Td>
            <Td area="b">
              <span title={mail.from?.address}>{mail.from ? mail.from.name || mail.from.address : t('noSender')}</span>
            </Td>
            <Td area="c" strong={mail.unread}>
              {mail.unread && <span className="sr-only">{t('unread')} </span>}
              {mail.subject || t('noSubject')}
            </Td>
            <Td figures end faint wideOnly>
              {format.size(mail.size)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
