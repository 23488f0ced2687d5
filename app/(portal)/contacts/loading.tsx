import { PageHead } from '#components/ui/page-head.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('contacts'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('title')}>{t('intro')}</PageHead>
      <div className="lg:pl-46">
        <div aria-hidden="true" className="mb-3 min-h-control" />
        <TableSkeleton label={common('loading')} columns={['w-9', 'w-40', '', 'w-36', 'w-48']} rows={12} />
      </div>
    </>
  )
}
