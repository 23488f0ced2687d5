'use client'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import SearchX from 'lucide-react/icons/search-x'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { isFiltered, type Query } from './place.ts'

/** Nothing was deleted, or nothing that fits the filters. */
export function NoMails({ query, onClear }: { query: Query; onClear: () => void }) {
  const t = useTranslations('restore')
  if (!isFiltered(query)) {
    return (
      <Empty icon={<ArchiveRestore />} title={t('empty.title')}>
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
