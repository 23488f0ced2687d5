import UsersRound from 'lucide-react/icons/users-round'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

/** In place of an account of staff, one's own among them: nobody works on those (T45). */
export async function StaffAccount() {
  const t = await getTranslations('helpdesk')
  return (
    <>
      <PageHead title={t('account.title')} />
      <Empty
        icon={<UsersRound />}
        title={t('notOpened.title')}
        action={<ButtonLink href="/desk/helpdesk">{t('notOpened.back')}</ButtonLink>}
      >
        {t('notOpened.text')}
      </Empty>
    </>
  )
}
