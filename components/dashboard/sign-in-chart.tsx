'use client'
import ChartLine from 'lucide-react/icons/chart-line'
import Table2 from 'lucide-react/icons/table-2'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Plot, type PlotPoint } from '#components/ui/plot.tsx'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { Figures } from '#lib/features/dashboard/schema.ts'
import type { Format } from '#lib/platform/i18n/format.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

type Chart = Figures['chart']

const nameOf = (format: Format, step: Chart['step'], at: Date) => (step === 'hour' ? format.time(at) : format.shortDay(at))

/** Sign-ins of a day or a week, beside a week earlier; as a line or as a table. */
export function SignInChart({ figures }: { figures: Figures }) {
  const t = useTranslations('dashboard.chart')
  const format = useFormat()
  const [asTable, setAsTable] = useState(false)
  const { step, points } = figures.chart
  const last = points.findLast(({ value }) => value !== null)
  const first = points[0]?.at ?? figures.from
  const today = step === 'hour' && format.daysFromNow(first) === 0
  const title = today ? t('today') : step === 'hour' ? t('day', { day: format.shortDay(first) }) : t('week')
  const description = last
    ? t('description', { at: nameOf(format, step, last.at), value: format.number(last.value ?? 0), past: format.number(last.past) })
    : t('none')
  const now =
    today && figures.asOf ? t('now', { time: format.time(figures.asOf) }) : last ? t('last', { at: nameOf(format, step, last.at) }) : ''
  return (
    <Section
      first
      title={title}
      action={
        <Button kind="quiet" size="sm" onClick={() => setAsTable(!asTable)}>
          {asTable ? <ChartLine /> : <Table2 />}
          {t(asTable ? 'picture' : 'table')}
        </Button>
      }
    >
      {asTable ? (
        <Numbers label={title} chart={figures.chart} />
      ) : (
        <Plot
          label={`${title}: ${description}`}
          points={toPlot(format, figures.chart)}
          number={format.number}
          now={now}
          past={t(step === 'hour' ? 'pastWeek' : 'pastDays')}
        />
      )}
    </Section>
  )
}

/** A mark at every sixth hour and the last one; of days at each. */
function toPlot(format: Format, { step, points }: Chart): PlotPoint[] {
  return points.map(({ at, value, past }, index) => {
    const marked =
      step === 'day' || index === points.length - 1 || (Number(format.time(at).slice(0, 2)) % 6 === 0 && index < points.length - 3)
    const name = step === 'hour' ? format.time(at) : format.date(at).slice(5)
    return { key: at.toISOString(), mark: marked ? name : '', value, past }
  })
}

function Numbers({ label, chart: { step, points } }: { label: string; chart: Chart }) {
  const t = useTranslations('dashboard.chart')
  const format = useFormat()
  return (
    <Table label={label} compact>
      <thead>
        <Tr>
          <Th>{t('at')}</Th>
          <Th end className="w-28">
            {t('value')}
          </Th>
          <Th end className="w-32">
            {t('past')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {points.map(({ at, value, past }) => (
          <Tr key={at.toISOString()}>
            <Td figures>{nameOf(format, step, at)}</Td>
            <Td end figures>
              {value === null ? '—' : format.number(value)}
            </Td>
            <Td end figures faint>
              {format.number(past)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
