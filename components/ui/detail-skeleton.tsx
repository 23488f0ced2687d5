'use client'
import { useTranslations } from 'next-intl'
import { Skeleton } from './skeleton.tsx'

/** Where what is opened from a list will stand. */
export function DetailSkeleton() {
  const t = useTranslations('common')
  return (
    <div role="status" className="ui-late grid gap-5 pt-2">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="w-3/5" />
      <Skeleton className="w-2/5" />
      <Skeleton className="mt-6 w-11/12" />
      <Skeleton className="w-3/4" />
      <Skeleton className="w-11/12" />
    </div>
  )
}
