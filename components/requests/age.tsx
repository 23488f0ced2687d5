'use client'
import AlarmClock from 'lucide-react/icons/alarm-clock'
import { useTranslations } from 'next-intl'
import { Status } from '#components/ui/status.tsx'

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]

/** How long it has waited; over a day is too long. `asOf`: seen from when, milliseconds since 1970. */
export function Age({ since, asOf, waiting }: { since: Date; asOf: number; waiting: boolean }) {
  const t = useTranslations('requests.age')
  const ms = Math.max(0, asOf - since.getTime())
  const [unit, length] = ms < HOUR ? (['minutes', MINUTE] as const) : ms < DAY ? (['hours', HOUR] as const) : (['days', DAY] as const)
  const said = <time dateTime={since.toISOString()}>{t(unit, { count: Math.floor(ms / length) })}</time>
  if (!waiting || ms < DAY) return said
  return (
    <Status kind="hold" icon={<AlarmClock />}>
      {said}
      <span className="sr-only"> {t('late')}</span>
    </Status>
  )
}
