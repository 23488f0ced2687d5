'use client'
import BadgeCheck from 'lucide-react/icons/badge-check'
import EyeOff from 'lucide-react/icons/eye-off'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Status } from '#components/ui/status.tsx'
import { useCountdown } from '#components/ui/use-countdown.ts'
import type { Account } from '#lib/features/helpdesk/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

export const CALL_STATE = 'call-state'

/** Whether the caller is verified, how, and for how long; when that is over, the page is masked again. */
export function CallState({ verified }: Pick<Account, 'verified'>) {
  const t = useTranslations('helpdesk.account')
  return (
    <span id={CALL_STATE} tabIndex={-1} className="outline-none">
      {verified ? (
        <Verified verified={verified} />
      ) : (
        <Status kind="hold" icon={<EyeOff />}>
          {t('notVerified')}
        </Status>
      )}
    </span>
  )
}

function Verified({ verified }: { verified: NonNullable<Account['verified']> }) {
  const t = useTranslations('helpdesk.account')
  const format = useFormat()
  const router = useRouter()
  const left = useCountdown(verified.endsInSeconds, verified.at.getTime())
  useEffect(() => {
    if (left === 0) router.refresh()
  }, [left, router])
  return (
    <span className="inline-flex items-baseline gap-1.5 tabular-nums [&>.lucide]:shrink-0 [&>.lucide]:self-center [&>.lucide]:text-ink-3">
      <BadgeCheck />
      <span>{t('verified', { method: verified.method, time: format.time(verified.at), minutes: Math.ceil(left / 60) })}</span>
    </span>
  )
}
