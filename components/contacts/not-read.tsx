'use client'
import Unplug from 'lucide-react/icons/unplug'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

interface Props {
  signedOut: boolean
  /** What was read last is still to be seen: then since when. */
  since?: Date
  shown?: boolean
  onAgain: () => void
}

/** In place of what could not be read, or a line below what was read before. */
export function NotRead({ signedOut, since, shown, onAgain }: Props) {
  const t = useTranslations('contacts.failing')
  const format = useFormat()
  const [path, search] = [usePathname(), useSearchParams().toString()]
  if (shown && since) {
    return (
      <p role="status" className="mt-3 text-ink-2 text-sm">
        {t('stale', { time: format.time(since) })}
      </p>
    )
  }
  const here = search ? `${path}?${search}` : path
  const action = signedOut ? (
    <a href={`/sign-in?return=${encodeURIComponent(here)}`} className={buttonClass()}>
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
