'use client'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import type { SentPage } from '#lib/features/sent/schema.ts'
import type { Query } from './place.ts'

interface Props {
  page: SentPage
  turning: boolean
  onTurn: (to: Query) => void
}

export function Pager({ page: { mails, newer, older }, turning, onTurn }: Props) {
  const t = useTranslations('sent.pager')
  return (
    <div className="flex flex-wrap items-center gap-3 pt-3 text-ink-3 text-sm">
      <span className="tabular-nums">{t('count', { count: mails.length })}</span>
      <span className="ml-auto flex gap-3">
        {newer && (
          <Button size="sm" busy={turning} onClick={() => onTurn({ after: newer })}>
            <ChevronLeft />
            {t('newer')}
          </Button>
        )}
        {older && (
          <Button size="sm" busy={turning} onClick={() => onTurn({ before: older })}>
            {t('older')}
            <ChevronRight />
          </Button>
        )}
      </span>
    </div>
  )
}
