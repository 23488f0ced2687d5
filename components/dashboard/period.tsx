'use client'
import Calendar from 'lucide-react/icons/calendar'
import { useLocale, useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { Select } from '#components/ui/select.tsx'
import type { Figures } from '#lib/features/dashboard/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Place } from './place.ts'
import { rangeOf } from './words.ts'

interface Props {
  place: Place
  figures: Figures
  onGo: (place: Place) => void
}

const UNITS = ['hour', 'day', 'week'] as const

/** By hour, day or week, and which of them. */
export function Period({ place, figures, onGo }: Props) {
  const t = useTranslations('dashboard')
  const [format, locale] = [useFormat(), useLocale()]
  return (
    <>
      <div className="[&_.ui-segment_label]:px-3">
        <Segment
          legend={t('period.legend')}
          legendHidden
          name="period"
          value={place.period}
          options={UNITS.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChange={(period) => onGo({ ...place, period: period as Place['period'] })}
        />
      </div>
      <Popover
        label={t('range.label')}
        on={place.from !== undefined}
        button={
          <>
            <Calendar />
            <span className="tabular-nums">{rangeOf(format, locale, figures)}</span>
          </>
        }
      >
        {(close) => {
          const go = (from?: string) => {
            close()
            onGo({ period: place.period, ...(from ? { from } : {}) })
          }
          return (
            <>
              <div className="mb-3 flex gap-2">
                <Button size="sm" onClick={() => go(figures.before.from.toISOString())}>
                  {t('range.earlier')}
                </Button>
                {!figures.running && (
                  <Button size="sm" onClick={() => go(figures.to.toISOString())}>
                    {t('range.later')}
                  </Button>
                )}
                <Button size="sm" onClick={() => go()}>
                  {t('range.now')}
                </Button>
              </div>
              <Choose period={place.period} from={figures.from} onChoose={go} />
            </>
          )
        }}
      </Popover>
    </>
  )
}

interface ChooseProps {
  period: Place['period']
  from: Date
  onChoose: (from: string) => void
}

function Choose({ period, from, onChoose }: ChooseProps) {
  const t = useTranslations('dashboard.range')
  const format = useFormat()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const day = String(data.get('day'))
    if (day) onChoose(period === 'hour' ? `${day}T${data.get('hour')}` : day)
  }
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
  return (
    <form onSubmit={submit}>
      <TextField type="date" name="day" label={t('day')} defaultValue={format.date(from)} required />
      {period === 'hour' && (
        <Select
          label={t('hour')}
          name="hour"
          defaultValue={format.time(from).slice(0, 2)}
          options={hours.map((value) => ({ value, label: `${value}:00` }))}
        />
      )}
      <div className="mt-4 flex justify-end">
        <Button type="submit" kind="primary">
          {t('show')}
        </Button>
      </div>
    </form>
  )
}
