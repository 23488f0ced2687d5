'use client'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import { useTranslations } from 'next-intl'
import { BulkBar } from '#components/ui/bulk-bar.tsx'
import { Button } from '#components/ui/button.tsx'
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

export function SelectionBar(props: Props) {
  const t = useTranslations('restore.bulk')
  const { rows, selection } = props
  const chosen = selection.mails.length
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
