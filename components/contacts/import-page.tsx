'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { DetailSkeleton } from '#components/ui/detail-skeleton.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import type { FilePreview, GroupList, ImportReport } from '#lib/features/contacts/schema.ts'
import { ImportChoose } from './import-choose.tsx'
import { ImportSteps } from './import-steps.tsx'
import { useImportFiles } from './use-import-files.ts'

const ImportCheck = lazy(() => import('./import-check.tsx'))

interface Props {
  /** What the server still has of the files in the address. */
  kept: FilePreview[]
  groups: GroupList
  recent: ImportReport[]
}

/** Files are chosen, and what was found in them is checked; the import itself has an address of its own. */
export function ImportPage({ kept, groups, recent }: Props) {
  const t = useTranslations('contacts-import')
  const imports = useImportFiles(kept)
  const found = imports.files.some(({ preview }) => preview)
  return (
    <>
      <PageHead title={t('title')} />
      <ImportSteps current={found ? 1 : 0} />
      {found ? (
        <Suspense fallback={<DetailSkeleton />}>
          <ImportCheck {...{ imports, groups }} />
        </Suspense>
      ) : (
        <ImportChoose {...{ imports, recent }} />
      )}
    </>
  )
}
