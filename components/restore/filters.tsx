'use client'
import Calendar from 'lucide-react/icons/calendar'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { SearchWhileTyping } from '#components/ui/search-while-typing.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Query } from './place.ts'

const HOUR_MS = 3_600_000

interface Props {
  query: Query
  onChange: (changes: Query, how?: 'push' | 'replace') => void
}

export function Filters({ query, onChange }: Props) {
  const t = useTranslations('restore')
  return (
    <search className="flex flex-wrap items-center gap-2 pb-3">
      <SearchWhileTyping label={t('search')} value={query.text ?? ''} onChange={(text) => onChange({ text }, 'replace')} />
      <Period query={query} onChange={onChange} />
    </search>
  )
}

const CHOICES = [
  { word: 'hour', hours: 1 },
  { word: 'day', hours: 24 },
  { word: 'all', hours: null },
] as const

/** How long ago it was deleted; the times of a mass deletion come with its banner. */
function Period({ query: { from, until }, onChange }: Props) {
  const t = useTranslations('restore.period')
  return (
    <Popover
      label={t('label')}
      on={Boolean(from || until)}
      button={
        <>
          <Calendar />
          <Said from={from} until={until} />
        </>
      }
    >
      {(close) => (
        <div className="flex flex-wrap gap-2">
          {CHOICES.map(({ word, hours }) => (
            <Button
              key={word}
              size="sm"
              onClick={() => {
                const since = hours === null ? undefined : new Date(Date.now() - hours * HOUR_MS).toISOString()
                onChange({ from: since, until: undefined })
                close()
              }}
            >
              {t(word)}
            </Button>
          ))}
        </div>
      )}
    </Popover>
  )
}

const instant = (text: string | undefined) => (text && !Number.isNaN(Date.parse(text)) ? new Date(text) : null)

function Said(query: Pick<Query, 'from' | 'until'>) {
  const t = useTranslations('restore.period')
  const format = useFormat()
  const [from, until] = [instant(query.from), instant(query.until)]
  if (from && until) return t('range', { from: format.moment(from), to: format.time(until) })
  return from ? t('since', { from: format.moment(from) }) : t('all')
}
