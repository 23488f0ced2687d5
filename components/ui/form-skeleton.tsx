import type { ReactNode } from 'react'
import { PageHead } from './page-head.tsx'
import { Skeleton } from './skeleton.tsx'

/** A page of one short form until its data is there. `loading` is for those who do not see it. */
export function FormSkeleton({ title, loading }: { title: ReactNode; loading: ReactNode }) {
  return (
    <>
      <PageHead title={title}>
        <span className="ui-late flex h-[1lh] items-center">
          <Skeleton className="w-72 max-w-full" />
        </span>
      </PageHead>
      <div role="status" className="ui-late">
        <span className="sr-only">{loading}</span>
        <div aria-hidden="true" className="grid gap-6 border-line border-t pt-6">
          <Skeleton className="w-24" />
          <Skeleton className="w-100 max-w-full" />
          <Skeleton className="w-64 max-w-full" />
        </div>
      </div>
    </>
  )
}
