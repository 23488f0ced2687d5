'use client'
import CopyCheck from 'lucide-react/icons/copy-check'
import Download from 'lucide-react/icons/download'
import FileUp from 'lucide-react/icons/file-up'
import Plus from 'lucide-react/icons/plus'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import type { GroupList } from '#lib/features/contacts/schema.ts'
import type { Query } from './place.ts'
import { usePlace } from './use-place.ts'

const loadExport = () => import('./export-dialog.tsx')
const ExportDialog = lazy(loadExport)
const EXPORT = 'export-contacts'

/** What the page is for, beside looking. */
export function PageActs({ groups, query, addId }: { groups: GroupList; query: Query; addId: string }) {
  const t = useTranslations('contacts')
  const { go } = usePlace()
  const [exporting, setExporting] = useState(false)
  const focusOn = useFocusOn()
  return (
    <div className="flex flex-wrap gap-2">
      <Button id={addId} kind="primary" onClick={() => go({ id: null, editing: true })}>
        <Plus />
        {t('add')}
      </Button>
      <ButtonLink href="/contacts/import">
        <FileUp />
        {t('import')}
      </ButtonLink>
      <Button id={EXPORT} onClick={() => setExporting(true)} onPointerEnter={loadExport} onFocus={loadExport}>
        <Download />
        {t('export.open')}
      </Button>
      <ButtonLink href="/contacts/duplicates">
        <CopyCheck />
        {t('duplicates')}
      </ButtonLink>
      {exporting && (
        <Suspense>
          <ExportDialog
            groups={groups}
            group={query.group}
            onClose={() => {
              setExporting(false)
              focusOn(EXPORT)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
