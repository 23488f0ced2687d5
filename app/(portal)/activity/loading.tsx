import { PageHead } from '#components/ui/page-head.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('activity'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('title')}>{t('text')}</PageHead>
      <TableSkeleton label={common('loading')} columns={['w-16', '', 'w-36', 'w-48', 'w-40']} rows={10} />
    </>
  )
}
