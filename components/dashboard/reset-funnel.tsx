'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Bars } from '#components/ui/bars.tsx'
import { Section } from '#components/ui/section.tsx'
import type { Figures } from '#lib/features/dashboard/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { drillAddress, type Place } from './place.ts'
import { totalOf } from './sums.ts'

const STEPS = ['reset_started', 'reset_sent', 'reset_proved', 'reset_chosen', 'reset_finished'] as const

/** How many resets reached each step, and how many stopped at it. */
export function ResetFunnel({ figures, place }: { figures: Figures; place: Place }) {
  const t = useTranslations('dashboard')
  const format = useFormat()
  const counts = STEPS.map((step) => totalOf(figures.sums, step).value)
  const started = counts[0] ?? 0
  const bars = STEPS.map((step, index) => {
    const value = counts[index] ?? 0
    const lost = index === 0 ? 0 : Math.max(0, (counts[index - 1] ?? 0) - value)
    const note = lost > 0 && (
      <Link href={drillAddress(step, place)} prefetch={false}>
        {format.number(-lost)}
        <span className="sr-only"> {t('funnel.stopped')}</span>
      </Link>
    )
    return { key: step, label: t(`steps.${step}`), value, lost, text: format.number(value), note }
  })
  return (
    <Section first title={t('funnel.title')} action={<span className="text-ink-3 text-sm">{t('funnel.note')}</span>}>
      {started > 0 ? (
        <Bars label={t('funnel.title')} max={started} bars={bars} />
      ) : (
        <p className="py-3 text-ink-2 text-sm">{t('funnel.none')}</p>
      )}
    </Section>
  )
}
