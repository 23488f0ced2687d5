'use client'
import Download from 'lucide-react/icons/download'
import Tags from 'lucide-react/icons/tags'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslations } from 'next-intl'
import { BulkBar } from '#components/ui/bulk-bar.tsx'
import { Button } from '#components/ui/button.tsx'
import type { Act } from './use-acts.ts'
import type { Selection } from './use-selection.ts'

interface Props {
  rows: { id: string }[]
  selection: Selection
  busy?: Act
  onGroups: () => void
  onExport: () => void
  onRemove: () => void
}

export function SelectionBar(props: Props) {
  const t = useTranslations('contacts.bulk')
  const { rows, selection } = props
  const chosen = selection.ids.length
  return (
    <BulkBar
      label={t('label')}
      pageLabel={t('page')}
      rows={rows.length}
      chosen={chosen}
      onPage={(on) =>
        selection.put(
          rows.map(({ id }) => id),
          on,
        )
      }
    >
      {chosen > 0 && <Chosen {...props} />}
    </BulkBar>
  )
}

function Chosen({ selection, busy, onGroups, onExport, onRemove }: Props) {
  const t = useTranslations('contacts.bulk')
  return (
    <>
      <b className="tabular-nums">{t('count', { count: selection.ids.length })}</b>
      <Button size="sm" onClick={onGroups}>
        <Tags />
        {t('groups')}
      </Button>
      <Button size="sm" onClick={onExport}>
        <Download />
        {t('export')}
      </Button>
      <Button kind="danger" size="sm" busy={busy === 'remove'} busyLabel={t('removing')} onClick={onRemove}>
        <Trash2 />
        {t('remove')}
      </Button>
      <Button kind="quiet" size="sm" data-clear="" onClick={selection.clear}>
        {t('clear')}
      </Button>
    </>
  )
}
