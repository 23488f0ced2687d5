'use client'
import Inbox from 'lucide-react/icons/inbox'
import SearchX from 'lucide-react/icons/search-x'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { isFiltered, type Query } from './place.ts'

/** Nobody waits, or nothing fits the filters. */
export function NoRequests({ query, onClear }: { query: Query; onClear: () => void }) {
  const t = useTranslations('requests')
  if (!isFiltered(query)) {
    return (
      <Empty icon={<Inbox />} title={t('empty.title')}>
        {t('empty.text')}
      </Empty>
    )
  }
  return (
    <Empty icon={<SearchX />} title={t('noMatch.title')} action={<Button onClick={onClear}>{t('noMatch.clear')}</Button>}>
      {t('noMatch.text')}
    </Empty>
  )
}
