import { Skeleton } from '#components/ui/skeleton.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const t = await getTranslations('common')
  return (
    <div role="status" className="ui-late">
      <span className="sr-only">{t('loading')}</span>
      <div aria-hidden="true">
        <Skeleton className="mt-2 h-4 w-32" />
        <Skeleton className="mt-4 mb-10 w-96 max-w-full" />
        <Skeleton className="mb-6 w-24" />
        <Skeleton className="h-8.5 w-100 max-w-full" />
        <Skeleton className="mt-5 h-8.5 w-28" />
      </div>
    </div>
  )
}
