'use client'
import { useTranslations } from 'next-intl'
import { SearchWhileTyping } from '#components/ui/search-while-typing.tsx'
import { Select } from '#components/ui/select.tsx'
import type { Result } from '#lib/features/received/schema.ts'
import { Period } from './period.tsx'
import type { Query } from './place.ts'

export const SEARCH = 'received-search'

const RESULTS: Result[] = ['delivered', 'junk', 'held', 'waiting', 'rejected', 'deleted']

interface Props {
  query: Query
  days: number
  onChange: (changes: Query, how?: 'push' | 'replace') => void
}

export function Filters({ query, days, onChange }: Props) {
  const t = useTranslations('received')
  const results = RESULTS.map((value) => ({ value, label: t(`results.${value}`) }))
  return (
    <>
      <SearchWhileTyping
        id={SEARCH}
        label={t('search')}
        value={query.search ?? ''}
        onChange={(search) => onChange({ search }, 'replace')}
      />
      <Period query={query} days={days} onChange={onChange} />
      <Select
        label={t('results.label')}
        labelHidden
        on={query.result !== undefined}
        options={[{ value: '', label: t('results.all') }, ...results]}
        value={query.result ?? ''}
        onChange={({ target }) => onChange({ result: target.value || undefined })}
      />
    </>
  )
}
