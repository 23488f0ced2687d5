import { PageHead } from '#components/ui/page-head.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { env } from '#lib/platform/env.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('sent'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('title')}>{t('intro', { days: env().HELD_DAYS })}</PageHead>
      <div aria-hidden="true" className="mb-3 min-h-control" />
      <TableSkeleton label={common('loading')} columns={['w-28', 'w-56', '', 'w-20', 'w-48']} rows={12} />
    </>
  )
}
