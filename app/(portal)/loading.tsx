import { Skeleton } from '#components/ui/skeleton.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const t = await getTranslations('common')
  return (
    <>
      <div className="ui-late mb-8 pt-2" aria-hidden="true">
        <Skeleton className="h-4 w-48" />
        <Skeleton className="mt-4 w-80 max-w-full" />
      </div>
      <TableSkeleton label={t('loading')} columns={['w-16', 'w-36', '', 'w-28']} />
    </>
  )
}
