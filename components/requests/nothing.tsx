'use client'
import Inbox from 'lucide-react/icons/inbox'
import SearchX from 'lucide-react/icons/search-x'
import Unplug from 'lucide-react/icons/unplug'
import { useTranslations } from 'next-intl'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { isFiltered, type Query } from './place.ts'
import { usePlace } from './use-place.ts'
import type { Stale } from './use-requests.ts'

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

/** Back to this very place. */
const useSignIn = () => `/sign-in?return=${encodeURIComponent(usePlace().addressWith({}))}`

/** The queue that is shown cannot be read anew. */
export function HowOld({ stale: { since, signedOut } }: { stale: NonNullable<Stale> }) {
  const t = useTranslations('requests.failing')
  const time = useFormat().time(since)
  const signIn = useSignIn()
  if (!signedOut) return t('stale', { time })
  return t.rich('signedOutStale', { time, link: (text) => <a href={signIn}>{text}</a> })
}

/** In place of what could not be read. */
export function NotRead({ title, signedOut, onAgain }: { title: string; signedOut: boolean; onAgain: () => void }) {
  const t = useTranslations('requests.failing')
  const signIn = useSignIn()
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
