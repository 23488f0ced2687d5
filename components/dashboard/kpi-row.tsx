'use client'
import { useLocale, useTranslations } from 'next-intl'
import { Kpi, Kpis } from '#components/ui/kpis.tsx'
import type { Figures, Kpi as KpiFigure, KpiName } from '#lib/features/dashboard/schema.ts'
import type { Format } from '#lib/platform/i18n/format.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { drillAddress, type Place } from './place.ts'
import { rangeOf, signed, signedTenths, type Words } from './words.ts'

/** The list behind each. */
const BEHIND: Record<KpiName, string> = {
  sign_ins: 'sign_ins',
  resets_finished: 'reset_finished',
  texts_delivered: 'texts_failed',
  held: 'held',
  false_positives: 'released',
  calls_saved: 'self_service',
}

export function KpiRow({ figures, place }: { figures: Figures; place: Place }) {
  const t = useTranslations('dashboard')
  const [format, locale] = [useFormat(), useLocale()]
  const { period, before, comparedTo, running } = figures
  const range = rangeOf(format, locale, { period, ...before })
  return (
    <>
      <Kpis>
        {figures.kpis.map((kpi) => (
          <Kpi
            key={kpi.name}
            href={drillAddress(BEHIND[kpi.name], place)}
            label={t(`kpis.${kpi.name}`)}
            value={kpi.value === null ? '—' : written(format, kpi)}
            unit={kpi.unit === 'percent' && kpi.value !== null ? '%' : undefined}
            change={changeOf(t, format, kpi)}
          />
        ))}
      </Kpis>
      <p className="mt-2 text-ink-3 text-xs">
        {comparedTo === null
          ? t('compared.none')
          : running
            ? t('compared.soFar', { range, time: period === 'week' ? format.moment(comparedTo) : format.time(comparedTo) })
            : t('compared.whole', { range })}
        <br />
        {t('formula')}
      </p>
    </>
  )
}

const written = (format: Format, { value, unit }: KpiFigure) => (unit === 'percent' ? (value ?? 0).toFixed(1) : format.number(value ?? 0))

function changeOf(t: Words, format: Format, { change }: KpiFigure) {
  if (!change) return { direction: 'level' as const, text: t('change.none') }
  const { by, verdict } = change
  if (verdict === 'unchanged') return { direction: 'level' as const, text: t('change.unchanged') }
  const amount = change.in === 'count' ? signed(format, by) : signedTenths(by)
  const said = change.in === 'percent' ? `${amount}%` : change.in === 'points' ? t('change.points', { by: amount }) : amount
  const text = verdict === 'neutral' ? said : t(`change.${verdict}`, { change: said })
  return { direction: by > 0 ? ('up' as const) : ('down' as const), worse: verdict === 'worse', text }
}
