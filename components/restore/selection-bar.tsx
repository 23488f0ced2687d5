'use client'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import type { DeletedCount, DeletedMail } from '#lib/features/restore/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Selection } from './use-selection.ts'

interface Props {
  rows: DeletedMail[]
  selection: Selection
  /** Of the whole search; undefined until it is known. */
  counted: DeletedCount | undefined
  starting: boolean
  onRestore: () => void
}

/** Lies over the heads of the columns, so that no row moves when the first is chosen; on a phone it stays at the bottom of the screen. */
export function SelectionBar(props: Props) {
  const t = useTranslations('restore.bulk')
  const { rows, selection } = props
  const chosen = selection.mails.length
  const page = chosen === rows.length
  return (
    <fieldset aria-label={t('label')} className="z-10 min-w-0 md:sticky md:top-0 md:h-0 max-md:sticky max-md:bottom-0 max-md:order-last">
      <div className="ui-bulk" data-chosen={chosen > 0 || undefined}>
        <span className="max-md:hidden">
          <Checkbox
            label={<span className="sr-only">{t('page')}</span>}
            checked={page}
            ref={(box) => {
              if (box) box.indeterminate = !page && chosen > 0
            }}
            onChange={() =>
              selection.put(
                rows.map(({ id }) => id),
                !page,
              )
            }
          />
        </span>
        {chosen > 0 && <Chosen {...props} />}
      </div>
    </fieldset>
  )
}

function Chosen({ rows, selection, counted, starting, onRestore }: Props) {
  const t = useTranslations('restore.bulk')
  const format = useFormat()
  const { all, mails } = selection
  const count = all ? (counted?.count ?? mails.length) : mails.length
  return (
    <>
      <b className="tabular-nums">
        {all ? t('allCount', { count, size: format.size(counted?.bytes ?? 0) }) : t('count', { count: mails.length })}
      </b>
      {all && (
        <Button
          kind="quiet"
          size="sm"
          onClick={() =>
            selection.put(
              rows.map(({ id }) => id),
              true,
            )
          }
        >
          {t('onlyPage')}
        </Button>
      )}
      {!all && counted && counted.count > mails.length && (
        <Button kind="quiet" size="sm" onClick={selection.chooseAll}>
          {t('selectAll', { count: counted.count })}
        </Button>
      )}
      <Button kind="quiet" size="sm" data-clear="" onClick={selection.clear}>
        {t('clear')}
      </Button>
      <Button kind="primary" size="sm" busy={starting} busyLabel={t('starting')} onClick={onRestore}>
        <ArchiveRestore />
        {t('restore', { count })}
      </Button>
    </>
  )
}
