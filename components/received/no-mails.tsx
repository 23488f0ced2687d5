'use client'
import Inbox from 'lucide-react/icons/inbox'
import SearchX from 'lucide-react/icons/search-x'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { isFiltered, type Query } from './place.ts'

/** Nothing came at all, or nothing that fits the filters. */
export function NoMails({ query, days, onClear }: { query: Query; days: number; onClear: () => void }) {
  const t = useTranslations('received')
  if (!isFiltered(query)) {
    return (
      <Empty icon={<Inbox />} title={t('empty.title', { days })}>
        {t('empty.text')}
      </Empty>
    )
  }
  return (
    <Empty icon={<SearchX />} title={t('noMatch.title')} action={<Button onClick={onClear}>{t('noMatch.clear')}</Button>}>
      {t('noMatch.text', { days })}
    </Empty>
  )
}
