'use client'
import BadgeCheck from 'lucide-react/icons/badge-check'
import EyeOff from 'lucide-react/icons/eye-off'
import { useTranslations } from 'next-intl'
import { Status } from '#components/ui/status.tsx'
import type { Account } from '#lib/features/helpdesk/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { useSecondsLeft } from './time-left.ts'

export const CALL_STATE = 'call-state'

/** Whether the caller is verified, how, and for how long. */
export function CallState({ verified, address }: Pick<Account, 'verified' | 'address'>) {
  const t = useTranslations('helpdesk.account')
  return (
    <span id={CALL_STATE} tabIndex={-1} className="outline-none">
      {verified ? (
        <Verified verified={verified} address={address} />
      ) : (
        <Status kind="hold" icon={<EyeOff />}>
          {t('notVerified')}
        </Status>
      )}
    </span>
  )
}

function Verified({ verified, address }: { verified: NonNullable<Account['verified']>; address: string }) {
  const t = useTranslations('helpdesk.account')
  const format = useFormat()
  const left = useSecondsLeft({ address, ...verified }) ?? 0
  return (
    <span className="inline-flex items-baseline gap-1.5 tabular-nums [&>.lucide]:shrink-0 [&>.lucide]:self-center [&>.lucide]:text-ink-3">
      <BadgeCheck />
      <span>{t('verified', { method: verified.method, time: format.time(verified.at), minutes: Math.ceil(left / 60) })}</span>
    </span>
  )
}
