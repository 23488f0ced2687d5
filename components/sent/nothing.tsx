'use client'
import SearchX from 'lucide-react/icons/search-x'
import Send from 'lucide-react/icons/send'
import Unplug from 'lucide-react/icons/unplug'
import { useTranslations } from 'next-intl'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { usePlace } from './use-place.ts'

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

/** In place of what could not be read. */
export function NotRead({ title, signedOut, onAgain }: { title: string; signedOut: boolean; onAgain: () => void }) {
  const t = useTranslations('sent.failing')
  const signIn = `/sign-in?return=${encodeURIComponent(usePlace().addressWith({}))}`
  const action = signedOut ? (
    <a href={signIn} className={buttonClass()}>
      {t('signIn')}
    </a>
  ) : (
    <Button onClick={onAgain}>{t('again')}</Button>
  )
  return (
    <Empty icon={<Unplug />} title={title} action={action}>
      {t(signedOut ? 'signedOut' : 'text')}
    </Empty>
  )
}
