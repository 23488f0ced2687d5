'use client'
import Calendar from 'lucide-react/icons/calendar'
import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Query } from './place.ts'

const DAY = 86_400_000
const WEEK = 7

type Days = Pick<Query, 'from' | 'to'>

interface Props {
  query: Query
  days: number
  onChange: (changes: Days) => void
}

/** From which day to which. */
export function Period({ query: { from, to }, days, onChange }: Props) {
  const t = useTranslations('received.period')
  const format = useFormat()
  const ago = (count: number) => format.date(new Date(Date.now() - count * DAY))
  const today = ago(0)
  const choices: { word: 'today' | 'week' | 'all'; from?: string }[] = [
    { word: 'today', from: today },
    { word: 'week', from: ago(WEEK - 1) },
    { word: 'all' },
  ]
  const chosen = to === undefined ? choices.find((choice) => choice.from === from) : undefined
  const said = chosen ? t(chosen.word, { days }) : t('range', { from: from?.slice(5) ?? '', to: to?.slice(5) ?? '' })
  return (
    <Popover
      label={t('label')}
      on={Boolean(from || to)}
      button={
        <>
          <Calendar />
          {said}
        </>
      }
    >
      {(close) => {
        const choose = (changes: Days) => {
          onChange(changes)
          close()
        }
        return (
          <>
            <div className="flex flex-wrap gap-2">
              {choices.map(({ word, from: first }) => (
                <Button
                  key={word}
                  kind={chosen?.word === word ? 'chosen' : 'plain'}
                  size="sm"
                  onClick={() => choose({ from: first, to: undefined })}
                >
                  {t(word, { days })}
                </Button>
              ))}
            </div>
            <Range from={from} to={to} first={ago(days)} last={today} onChoose={choose} />
          </>
        )
      }}
    </Popover>
  )
}

interface RangeProps extends Days {
  first: string
  last: string
  onChoose: (days: Days) => void
}

function Range({ from, to, first, last, onChoose }: RangeProps) {
  const t = useTranslations('received.period')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const [one, other] = [String(data.get('from')), String(data.get('to'))]
    // Whichever was typed first.
    const [earlier, later] = one && other && one > other ? [other, one] : [one, other]
    onChoose({ from: earlier || undefined, to: later || undefined })
  }
  return (
    <form onSubmit={submit}>
      <div className="grid gap-x-3 md:grid-cols-2">
        <TextField type="date" name="from" label={t('from')} defaultValue={from} min={first} max={last} />
        <TextField type="date" name="to" label={t('to')} defaultValue={to} min={first} max={last} />
      </div>
      <div className="mt-4 flex justify-end">
        <Button type="submit" kind="primary">
          {t('show')}
        </Button>
      </div>
    </form>
  )
}
