'use client'
import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Clock from 'lucide-react/icons/clock'
import { useTranslations } from 'next-intl'
import { Status } from '#components/ui/status.tsx'
import type { Webhook } from '#lib/features/webhooks/schema.ts'

/** How the last try of a delivery went, and why. */
export function Try({ tried: { state, attempts, problem, status } }: { tried: NonNullable<Webhook['last']> }) {
  const t = useTranslations('webhooks')
  const why = problem && (
    <span className="text-ink-2 text-xs">{t(`problem.${problem}`, { status: problem === 'status' ? String(status) : '' })}</span>
  )
  if (state === 'delivered')
    return (
      <Status kind="ok" icon={<Check />}>
        {t('try.delivered')}
      </Status>
    )
  const waits = state === 'queued'
  return (
    <>
      <Status kind={waits ? (attempts > 0 ? 'hold' : 'wait') : 'stop'} icon={waits ? <Clock /> : <CircleAlert />}>
        {t(waits ? (attempts > 0 ? 'try.retry' : 'try.queued') : 'try.failed')}
      </Status>{' '}
      {why}
    </>
  )
}
