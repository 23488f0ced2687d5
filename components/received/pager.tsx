'use client'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { LetterKeys } from '#components/ui/letter-keys.tsx'
import type { ReceivedPage } from '#lib/features/received/schema.ts'

interface Props {
  page: ReceivedPage
  first: boolean
  turning: boolean
  onNewer: () => void
  onOlder: () => void
}

export function Pager({ page: { mails, newer, older }, first, turning, onNewer, onOlder }: Props) {
  const t = useTranslations('received.pager')
  return (
    <div className="flex flex-wrap items-center gap-3 pt-3 text-ink-3 text-sm">
      <span className="tabular-nums">{t(first && older ? 'first' : 'count', { count: mails.length })}</span>
      <LetterKeys />
      <span className="ml-auto flex gap-3">
        {newer && (
          <Button size="sm" busy={turning} onClick={onNewer}>
            <ChevronLeft />
            {t('newer')}
          </Button>
        )}
        {older && (
          <Button size="sm" busy={turning} onClick={onOlder}>
            {t('older')}
            <ChevronRight />
          </Button>
        )}
      </span>
    </div>
  )
}
