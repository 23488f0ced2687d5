import Smartphone from 'lucide-react/icons/smartphone'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

/** Without a bound phone the page is one next step. */
export async function NoPhone() {
  const t = await getTranslations('restore.noPhone')
  const step = (
    <ButtonLink href="/phone" kind="primary">
      {t('action')}
    </ButtonLink>
  )
  return (
    <Empty icon={<Smartphone />} title={t('title')} action={step}>
      {t('text')}
    </Empty>
  )
}
