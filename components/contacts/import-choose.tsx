'use client'
import FileUp from 'lucide-react/icons/file-up'
import { useTranslations } from 'next-intl'
import { type DragEvent, useId, useState } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Section, Split } from '#components/ui/section.tsx'
import type { ImportReport } from '#lib/features/contacts/schema.ts'
import { MOST_BYTES, MOST_FILES } from './import-file.ts'
import { ImportFileList } from './import-file-list.tsx'
import { ImportRecent } from './import-recent.tsx'
import type { ImportFiles } from './use-import-files.ts'

const SOURCES = ['foxmail', 'outlook', 'netease', 'google', 'phone'] as const

/** The files, dropped or chosen; beside it where they come from, below what was imported lately. */
export function ImportChoose({ imports, recent }: { imports: ImportFiles; recent: ImportReport[] }) {
  const t = useTranslations('contacts-import')
  return (
    <Split asideLabel={t('sources.title')} aside={<Sources />}>
      <DropZone onFiles={(files) => void imports.add(files)} />
      {imports.files.length > 0 && (
        <div className="mt-6">
          <ImportFileList imports={imports} current={null} />
        </div>
      )}
      {recent.length > 0 && (
        <Section title={t('recent.title')}>
          <ImportRecent imports={recent} />
        </Section>
      )}
    </Split>
  )
}

export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations('contacts-import.choose')
  const [over, setOver] = useState(false)
  const id = useId()
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const files = [...event.dataTransfer.files]
    if (files.length > 0) onFiles(files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a way beside the button, for a pointer only
    <div
      className={cx(
        'rounded-3 border border-line-strong border-dashed px-6 py-10 text-center max-md:py-6',
        over && 'border-accent bg-accent-tint',
      )}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id} className={cx(buttonClass({ kind: 'primary' }), 'has-focus-visible:outline-2 relative')}>
        <FileUp />
        {t('button')}
        <input
          id={id}
          type="file"
          multiple
          accept=".csv,.txt,.vcf,.vcard,text/csv,text/plain,text/vcard"
          className="absolute inset-0 cursor-pointer opacity-0"
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])])
            // The same file, mended, can be chosen again.
            event.target.value = ''
          }}
        />
      </label>
      <p className="mt-3 max-md:hidden">{t('drop')}</p>
      <p className="mt-1 text-ink-2 text-sm">{t('limits', { files: MOST_FILES, size: `${MOST_BYTES / 1_000_000} MB` })}</p>
    </div>
  )
}

function Sources() {
  const t = useTranslations('contacts-import.sources')
  return (
    <Section first title={t('title')}>
      <Facts narrow>
        {SOURCES.map((source) => (
          <Fact key={source} label={t(`${source}.what`)}>
            {t(`${source}.how`)}
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}
