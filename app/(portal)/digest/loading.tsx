import { PageHead } from '#components/ui/page-head.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('digest'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('title')}>
        <span className="ui-late flex h-[1lh] items-center">
          <Skeleton className="w-72 max-w-full" />
        </span>
      </PageHead>
      <div role="status" className="ui-late">
        <span className="sr-only">{common('loading')}</span>
        <div aria-hidden="true" className="grid gap-6 border-line border-t pt-6">
          <Skeleton className="w-24" />
          <Skeleton className="w-100 max-w-full" />
          <Skeleton className="w-64 max-w-full" />
        </div>
      </div>
    </>
  )
}
