import { PageHead } from '#components/ui/page-head.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('audit'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('title')} />
      <TableSkeleton label={common('loading')} columns={['w-36', '', 'w-52', 'w-52', 'w-34']} rows={10} />
    </>
  )
}
