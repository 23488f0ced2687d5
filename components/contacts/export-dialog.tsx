'use client'
import Download from 'lucide-react/icons/download'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { Radio } from '#components/ui/radio.tsx'
import { Select } from '#components/ui/select.tsx'
import type { Format, GroupList } from '#lib/features/contacts/schema.ts'

const FORMATS = ['foxmail', 'outlook', 'google', 'vcard'] as const satisfies Format[]

interface Props {
  groups: GroupList
  /** The group that is shown: what is probably meant. */
  group?: string
  /** Only these. */
  ids?: string[]
  onClose: () => void
}

/** A file for another mail client: of everybody, of a group, or of those that were chosen. */
export default function ExportDialog({ groups, group, ids, onClose }: Props) {
  const t = useTranslations('contacts.export')
  const common = useTranslations('common')
  const [format, setFormat] = useState<Format>('foxmail')
  const [chosen, setChosen] = useState(group ?? '')
  const count = ids?.length ?? groups.groups.find(({ name }) => name === chosen)?.count ?? groups.all
  const address = new URLSearchParams({ format, ...(ids ? { ids: ids.join() } : chosen && { group: chosen }) })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={ids ? t('titleChosen', { count }) : t('title')}
      help={t('help')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <a href={`/contacts/export?${address}`} download onClick={onClose} className={buttonClass({ kind: 'primary' })}>
            <Download />
            {t('confirm', { count })}
          </a>
        </>
      }
    >
      {!ids && (
        <Select
          label={t('whom')}
          wide
          options={[
            { value: '', label: t('all', { count: groups.all }) },
            ...groups.groups.map(({ name, count: its }) => ({ value: name, label: t('group', { name, count: its }) })),
          ]}
          value={chosen}
          onChange={({ target }) => setChosen(target.value)}
        />
      )}
      <Fieldset legend={t('format')}>
        {FORMATS.map((each) => (
          <Radio
            key={each}
            name="format"
            value={each}
            label={t(`formats.${each}.name`)}
            note={t(`formats.${each}.note`)}
            checked={format === each}
            onChange={() => setFormat(each)}
          />
        ))}
      </Fieldset>
    </Dialog>
  )
}
