import { PageHead } from '#components/ui/page-head.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('requests'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('title.page')}>{t('intro')}</PageHead>
      <div aria-hidden="true" className="mb-3 min-h-control" />
      <TableSkeleton label={common('loading')} columns={['w-24', 'w-60', 'w-52', '', 'w-52']} rows={10} />
    </>
  )
}
