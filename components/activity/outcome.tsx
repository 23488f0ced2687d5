import Ban from 'lucide-react/icons/ban'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import { useTranslations } from 'next-intl'
import { Status } from '#components/ui/status.tsx'
import type { ActivityEntry } from '#lib/features/activity/schema.ts'
import type { ErrorCode } from '#lib/platform/errors.ts'

interface Props {
  entry: ActivityEntry
  /** Other sentences of refusals than the page has. */
  sentence?: (code: ErrorCode) => string
}

/** Why it was not done. What was done stays silent. */
export function Outcome({ entry: { outcome, code }, sentence }: Props) {
  const t = useTranslations('activity.outcome')
  const errors = useTranslations('errors')
  if (outcome === 'done') return null
  const reason = code && errors.has(code as ErrorCode) ? (sentence ?? errors)(code as ErrorCode) : null
  return (
    <p className="mt-0.5 text-ink-2">
      {outcome === 'refused' && (
        <Status kind="stop" icon={<Ban />}>
          {t('refused')}
        </Status>
      )}
      {outcome === 'failed' && (
        <Status kind="stop" icon={<CircleAlert />}>
          {t('failed')}
        </Status>
      )}
      {outcome === 'unknown' && (
        <Status kind="hold" icon={<CircleHelp />}>
          {t('unknown')}
        </Status>
      )}{' '}
      {outcome === 'unknown' ? t('unknownText') : reason}
    </p>
  )
}
