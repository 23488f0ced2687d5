import { PageHead } from '#components/ui/page-head.tsx'
import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('app-passwords'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('title')}>{t('intro')}</PageHead>
      <div aria-hidden="true" className="mb-5 min-h-15 rounded-2 bg-sunken px-4 py-5">
        <div className="ui-late">
          <Skeleton className="w-80 max-w-full" />
        </div>
      </div>
      <Section first title={t('list.title')}>
        <TableSkeleton label={common('loading')} columns={['w-48', 'w-36', 'w-26', 'w-50', '', 'w-18']} />
      </Section>
    </>
  )
}
