'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { TextField } from '#components/ui/field.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Draft } from './draft.ts'

const DAY = 86_400_000
const CHOICES = ['30', '90', '180', '365', 'other'] as const

/** The first and the last day that can be chosen, in the time zone of the site. */
export function useExpiryRange(mostDays: number) {
  const { date } = useFormat()
  const now = Date.now()
  return { from: date(new Date(now + DAY)), to: date(new Date(now + mostDays * DAY)) }
}

interface Props {
  id: string
  draft: Draft
  mostDays: number
  error?: string
}

/** 30, 90, 180 days, a year, or a day of one's own. */
export function ValidFor({ id, draft, mostDays, error }: Props) {
  const t = useTranslations('app-passwords.form')
  const [days, setDays] = useState(draft.days === 'other' || Number(draft.days) <= mostDays ? draft.days : '90')
  const [own, setOwn] = useState(draft.expiresOn)
  const range = useExpiryRange(mostDays)
  const words = {
    '30': t('days', { days: 30 }),
    '90': t('days', { days: 90 }),
    '180': t('days', { days: 180 }),
    '365': t('year'),
    other: t('other'),
  }
  const other = days === 'other'
  // Noon in UTC is the same day in nearly every time zone that the site may have.
  const last = other ? new Date(`${own}T12:00Z`) : new Date(Date.now() + Number(days) * DAY)
  return (
    <>
      <Segment
        legend={t('validFor')}
        name="days"
        options={CHOICES.filter((value) => value === 'other' || Number(value) <= mostDays).map((value) => ({ value, label: words[value] }))}
        value={days}
        onChange={setDays}
      >
        {!other && <Expiry last={last} />}
      </Segment>
      {other && (
        <>
          <TextField
            id={id}
            className="mt-2"
            type="date"
            name="expiresOn"
            label={t('lastDay')}
            help={error ? undefined : t('lastDayHelp', range)}
            error={error}
            min={range.from}
            max={range.to}
            defaultValue={own}
            onChange={(event) => setOwn(event.target.value)}
          />
          {own !== '' && (
            <div className="mt-1.5 text-ink-2 text-sm">
              <Expiry last={last} />
            </div>
          )}
        </>
      )}
    </>
  )
}

/** Reminders go out 7 days and 1 day before, but not for one that hardly lives longer than that. */
function Expiry({ last }: { last: Date }) {
  const t = useTranslations('app-passwords.form')
  const format = useFormat()
  const days = format.daysFromNow(last)
  const reminder = t(days >= 8 ? 'reminder.both' : days >= 2 ? 'reminder.last' : 'reminder.none')
  return t.rich('expiry', { day: format.day(last), reminder, b: (text) => <b className="tabular-nums text-ink">{text}</b> })
}
