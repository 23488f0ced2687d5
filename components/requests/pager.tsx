'use client'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { LetterKeys } from '#components/ui/letter-keys.tsx'
import type { RequestPage } from '#lib/features/requests/schema.ts'

interface Props {
  page: RequestPage
  /** It is not the first page. */
  behind: boolean
  turning: boolean
  onTurn: (after: string | undefined) => void
}

export function Pager({ page: { requests, next }, behind, turning, onTurn }: Props) {
  const t = useTranslations('requests.pager')
  return (
    <div className="flex flex-wrap items-center gap-3 pt-3 text-ink-3 text-sm">
      <span className="tabular-nums">{t('count', { count: requests.length })}</span>
      <LetterKeys choosing={false} />
      <span className="ml-auto flex gap-3">
        {behind && (
          <Button size="sm" busy={turning} onClick={() => onTurn(undefined)}>
            {t('first')}
          </Button>
        )}
        {next && (
          <Button size="sm" busy={turning} onClick={() => onTurn(next)}>
            {t('next')}
            <ChevronRight />
          </Button>
        )}
      </span>
    </div>
  )
}
