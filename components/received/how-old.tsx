'use client'
import Unplug from 'lucide-react/icons/unplug'
import { useTranslations } from 'next-intl'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { usePlace } from './use-place.ts'
import type { Stale } from './use-received.ts'

/** Back to this very place. */
const useSignIn = () => `/sign-in?return=${encodeURIComponent(usePlace().addressWith({}))}`

/** The list that is shown cannot be read anew. */
export function HowOld({ stale: { since, signedOut } }: { stale: NonNullable<Stale> }) {
  const t = useTranslations('received.live')
  const time = useFormat().time(since)
  const signIn = useSignIn()
  if (!signedOut) return t('stale', { time })
  return t.rich('signedOut', { time, link: (text) => <a href={signIn}>{text}</a> })
}

/** In place of what could not be read. */
export function NotRead({ title, signedOut, onAgain }: { title: string; signedOut: boolean; onAgain: () => void }) {
  const t = useTranslations('received.failing')
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
