import { FormSkeleton } from '#components/ui/form-skeleton.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('client-setup'), getTranslations('common')])
  return <FormSkeleton title={t('title')} loading={common('loading')} />
}
