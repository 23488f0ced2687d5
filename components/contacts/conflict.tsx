'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import type { Contact } from '#lib/features/contacts/schema.ts'
import { differences } from './draft.ts'

interface Props {
  /** What the form began with. */
  base: Contact | undefined
  /** As it is now; null: deleted meanwhile. */
  theirs: Contact | null
  saving: boolean
  onTheirs: () => void
  onMine: () => void
}

/** Somebody else was quicker: nothing is saved, nothing that was typed is lost, and whose it shall be is asked. */
export function Conflict({ base, theirs, saving, onTheirs, onMine }: Props) {
  const t = useTranslations('contacts')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const fields = base && theirs ? differences(base, theirs) : []
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <Banner kind="hold" role="alert" title={t(theirs ? 'conflict.changed' : 'conflict.gone')}>
        <p>
          {theirs
            ? t('conflict.text', { fields: fields.map((field) => t(`field.${field}`)).join(t('comma')), count: fields.length })
            : t('conflict.goneText')}
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="sm" busy={saving} busyLabel={t('edit.saving')} onClick={onMine}>
            {t(theirs ? 'conflict.mine' : 'conflict.again')}
          </Button>
          {theirs && (
            <Button kind="quiet" size="sm" onClick={onTheirs}>
              {t('conflict.theirs')}
            </Button>
          )}
        </div>
      </Banner>
    </div>
  )
}
