import Smartphone from 'lucide-react/icons/smartphone'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'

/** Without a bound phone the page is one next step. */
export function NoPhone() {
  const t = useTranslations('app-passwords.noPhone')
  const step = useBehalf() === null && (
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
