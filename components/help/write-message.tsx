'use client'
import { type ComponentProps, lazy, Suspense } from 'react'

const WriteForm = lazy(() => import('./write-form.tsx'))

/** Loaded where somebody may write: nobody else’s page waits for its script. */
export function WriteMessage(props: ComponentProps<typeof WriteForm>) {
  return (
    <Suspense>
      <WriteForm {...props} />
    </Suspense>
  )
}
