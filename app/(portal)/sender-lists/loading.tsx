import { PageHead } from '#components/ui/page-head.tsx'
import { Section } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { env } from '#lib/platform/env.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('sender-lists'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('title')}>{t('intro', { days: env().HELD_DAYS })}</PageHead>
      <div aria-hidden="true" className="ui-late min-h-28">
        <Skeleton className="w-96 max-w-full" />
      </div>
      <Section title={t('list.title')}>
        <TableSkeleton label={common('loading')} columns={['', 'w-24', 'w-40', 'w-36', 'w-18']} rows={8} />
      </Section>
    </>
  )
}
