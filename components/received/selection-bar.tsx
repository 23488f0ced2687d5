'use client'
import Inbox from 'lucide-react/icons/inbox'
import LifeBuoy from 'lucide-react/icons/life-buoy'
import Trash2 from 'lucide-react/icons/trash-2'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import type { Act } from './use-acts.ts'

interface Props {
  rows: ReceivedMail[]
  chosen: ReceivedMail[]
  /** What all pages together hold, when only this page is chosen and there are more. */
  more: number | null
  gathering: boolean
  busy?: Act
  onPage: (on: boolean) => void
  onAll: () => void
  onClear: () => void
  onAct: (act: 'release' | 'allow' | 'delete') => void
  onAsk: () => void
}

/** Lies over the heads of the columns, so that no row moves when the first is chosen; on a phone it stays at the bottom of the screen. */
export function SelectionBar(props: Props) {
  const t = useTranslations('received.bulk')
  const { rows, chosen, onPage } = props
  const onThisPage = rows.filter(({ id }) => chosen.some((mail) => mail.id === id)).length
  const all = onThisPage === rows.length
  return (
    <fieldset aria-label={t('label')} className="z-10 min-w-0 md:sticky md:top-0 md:h-0 max-md:sticky max-md:bottom-0 max-md:order-last">
      <div className="ui-bulk" data-chosen={chosen.length > 0 || undefined}>
        <span className="max-md:hidden">
          <Checkbox
            label={<span className="sr-only">{t('page')}</span>}
            checked={all}
            ref={(box) => {
              if (box) box.indeterminate = !all && onThisPage > 0
            }}
            onChange={() => onPage(!all)}
          />
        </span>
        {chosen.length > 0 && <Chosen {...props} />}
      </div>
    </fieldset>
  )
}

function Chosen({ chosen, more, gathering, busy, onAll, onClear, onAct, onAsk }: Props) {
  const t = useTranslations('received.bulk')
  const own = useBehalf() === null
  const may = (what: keyof ReceivedMail['may']) => chosen.some((mail) => mail.may[what])
  return (
    <>
      <b className="tabular-nums">{t('count', { count: chosen.length })}</b>
      {more !== null && (
        <Button kind="quiet" size="sm" busy={gathering} busyLabel={t('gathering')} onClick={onAll}>
          {t('all', { count: more })}
        </Button>
      )}
      {may('release') && (
        <Button size="sm" busy={busy === 'release'} busyLabel={t('releasing')} onClick={() => onAct('release')}>
          <Inbox />
          {t('release')}
        </Button>
      )}
      {own && may('release') && (
        <Button size="sm" busy={busy === 'allow'} busyLabel={t('releasing')} onClick={() => onAct('allow')}>
          <UserRoundCheck />
          {t('allow')}
        </Button>
      )}
      {may('request') && !may('release') && (
        <Button size="sm" busy={busy === 'ask'} busyLabel={t('asking')} onClick={onAsk}>
          <LifeBuoy />
          {t('ask')}
        </Button>
      )}
      {may('delete') && (
        <Button kind="danger" size="sm" busy={busy === 'delete'} busyLabel={t('deleting')} onClick={() => onAct('delete')}>
          <Trash2 />
          {t('delete')}
        </Button>
      )}
      {!may('release') && !may('request') && !may('delete') && <span className="text-ink-2">{t('nothing')}</span>}
      <Button kind="quiet" size="sm" data-clear="" onClick={onClear}>
        {t('clear')}
      </Button>
    </>
  )
}
