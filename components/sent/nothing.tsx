'use client'
import SearchX from 'lucide-react/icons/search-x'
import Send from 'lucide-react/icons/send'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'

/** Nothing was sent at all, or nothing that fits. */
export function NoMails({ searched, days, onClear }: { searched: boolean; days: number; onClear: () => void }) {
  const t = useTranslations('sent')
  if (!searched) {
    return (
      <Empty icon={<Send />} title={t('empty.title', { days })}>
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
