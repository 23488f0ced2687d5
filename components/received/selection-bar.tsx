'use client'
import Inbox from 'lucide-react/icons/inbox'
import LifeBuoy from 'lucide-react/icons/life-buoy'
import Trash2 from 'lucide-react/icons/trash-2'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslations } from 'next-intl'
import { BulkBar } from '#components/ui/bulk-bar.tsx'
import { Button } from '#components/ui/button.tsx'
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

export function SelectionBar(props: Props) {
  const t = useTranslations('received.bulk')
  const { rows, chosen, onPage } = props
  const onThisPage = rows.filter(({ id }) => chosen.some((mail) => mail.id === id)).length
  return (
    <BulkBar label={t('label')} pageLabel={t('page')} rows={rows.length} chosen={onThisPage} onPage={onPage}>
      {chosen.length > 0 && <Chosen {...props} />}
    </BulkBar>
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
