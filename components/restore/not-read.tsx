'use client'
import Unplug from 'lucide-react/icons/unplug'
import { useTranslations } from 'next-intl'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { usePlace } from './use-place.ts'

/** In place of what could not be read. */
export function NotRead({ signedOut, onAgain }: { signedOut: boolean; onAgain: () => void }) {
  const t = useTranslations('restore.failing')
  const { addressWith } = usePlace()
  const action = signedOut ? (
    <a href={`/sign-in?return=${encodeURIComponent(addressWith({}))}`} className={buttonClass()}>
      {t('signIn')}
    </a>
  ) : (
    <Button onClick={onAgain}>{t('again')}</Button>
  )
  return (
    <Empty icon={<Unplug />} title={t('title')} action={action}>
      {t(signedOut ? 'signedOut' : 'text')}
    </Empty>
  )
}
