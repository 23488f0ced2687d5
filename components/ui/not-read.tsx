'use client'
import Unplug from 'lucide-react/icons/unplug'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { Button, buttonClass } from './button.tsx'
import { Empty } from './empty.tsx'
import { pageWith } from './place.ts'

/** Signs in and comes back to this very place. */
function useSignIn(): string {
  const here = pageWith(usePathname(), Object.fromEntries(useSearchParams()))
  return `/sign-in?${new URLSearchParams({ return: here })}`
}

interface NotReadProps {
  title: string
  text: string
  signedOut: boolean
  onAgain: () => void
}

/** In place of what could not be read. */
export function NotRead({ title, text, signedOut, onAgain }: NotReadProps) {
  const t = useTranslations('common.notRead')
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
      {signedOut ? t('signedOut') : text}
    </Empty>
  )
}

/** Since when what is shown could not be read anew, and whether that is because the session is over. */
export interface Stale {
  since: Date
  signedOut: boolean
}

/** A line below a list that is read again and again; empty while that works. */
export function HowOld({ stale }: { stale: Stale | null }) {
  const t = useTranslations('common.notRead')
  const format = useFormat()
  const signIn = useSignIn()
  const values = { time: stale ? format.time(stale.since) : '', link: (text: ReactNode) => <a href={signIn}>{text}</a> }
  return (
    <p role="status" className="mt-3 text-ink-2 text-sm">
      {stale && t.rich(stale.signedOut ? 'oldSignedOut' : 'old', values)}
    </p>
  )
}
