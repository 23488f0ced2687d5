'use client'
import Download from 'lucide-react/icons/download'
import Tags from 'lucide-react/icons/tags'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
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

/** Lies over the heads of the columns, so that no row moves when the first is chosen; on a phone it stays at the bottom of the screen. */
export function SelectionBar(props: Props) {
  const t = useTranslations('contacts.bulk')
  const { rows, selection } = props
  const chosen = selection.ids.length
  const all = chosen === rows.length
  return (
    <fieldset aria-label={t('label')} className="z-10 min-w-0 md:sticky md:top-0 md:h-0 max-md:sticky max-md:bottom-0 max-md:order-last">
      <div className="ui-bulk" data-chosen={chosen > 0 || undefined}>
        <span className="max-md:hidden">
          <Checkbox
            label={<span className="sr-only">{t('page')}</span>}
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = !all && chosen > 0
            }}
            onChange={() =>
              selection.put(
                rows.map(({ id }) => id),
                !all,
              )
            }
          />
        </span>
        {chosen > 0 && <Chosen {...props} />}
      </div>
    </fieldset>
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
