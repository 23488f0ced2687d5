import { PageHead } from '#components/ui/page-head.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('helpdesk'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('account.title')} />
      <TableSkeleton label={common('loading')} columns={['w-8', '', 'w-24']} rows={8} />
    </>
  )
}
