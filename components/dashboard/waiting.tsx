'use client'
import AlarmClock from 'lucide-react/icons/alarm-clock'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Section } from '#components/ui/section.tsx'
import { StackBar } from '#components/ui/stack-bar.tsx'
import { Status } from '#components/ui/status.tsx'
import type { Figures } from '#lib/features/dashboard/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

const SERIES = [1, 2, 4, 5] as const
const AGES = ['0', '1', '2', '3'] as const

/** What waits for staff now, by age, whichever period is looked at. `queue`: who looks may open it. */
export function Waiting({ waiting, queue }: { waiting: Figures['waiting']; queue: boolean }) {
  const t = useTranslations('dashboard.waiting')
  const format = useFormat()
  const total = waiting.reduce((sum, count) => sum + count, 0)
  const parts = AGES.map((age, index) => {
    const value = waiting[index] ?? 0
    const late = age === '3' && value > 0
    return {
      ...{ key: age, label: t(`ages.${age}`), value, text: format.number(value), series: SERIES[index] ?? 1 },
      note: late && (
        <Status kind="hold" icon={<AlarmClock />}>
          {t('late')}
        </Status>
      ),
    }
  })
  return (
    <Section
      first
      action={
        queue && (
          <Link href="/desk/requests" prefetch={false} className="whitespace-nowrap text-sm">
            {t('open')}
          </Link>
        )
      }
      title={
        <>
          {t('title')} <span className="tabular-nums">{format.number(total)}</span>
        </>
      }
    >
      {total > 0 ? <StackBar label={t('title')} parts={parts} /> : <p className="py-3 text-ink-2 text-sm">{t('none')}</p>}
    </Section>
  )
}
