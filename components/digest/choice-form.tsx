'use client'
import Check from 'lucide-react/icons/check'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { Select } from '#components/ui/select.tsx'
import { toast } from '#components/ui/toast.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { setDigestAction } from '#lib/features/digest/actions.ts'
import type { DigestState, Frequency } from '#lib/features/digest/schema.ts'

const FREQUENCIES: Frequency[] = ['never', 'immediate', 'daily', 'weekly']
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const
const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }))

interface Props {
  state: DigestState
  onSaved: (state: DigestState) => void
}

/** The hour and the weekday are asked for where they count, and kept where they do not. */
export function ChoiceForm({ state, onSaved }: Props) {
  const t = useTranslations('digest.form')
  const weekdays = useTranslations('digest.weekdays')
  const [choice, setChoice] = useState({
    frequency: state.frequency,
    hour: String(state.hour),
    weekday: String(state.weekday),
  })
  const { busy, refused, act } = useAct()
  const { frequency, hour, weekday } = choice

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const saved = await act(() => setDigestAction(choice))
    if (!saved) return
    onSaved(saved)
    toast({ text: t('saved'), icon: <Check /> })
  }

  return (
    <form onSubmit={submit} className="pb-2">
      <Trouble refused={refused} title={t('failed')} />
      <Segment
        legend={t('frequency')}
        name="frequency"
        options={FREQUENCIES.map((value) => ({ value, label: t(value) }))}
        value={frequency}
        onChange={(value) => setChoice({ ...choice, frequency: value as Frequency })}
      >
        {t(`help.${frequency}`)}
      </Segment>
      <div className="flex flex-wrap gap-x-6">
        {frequency === 'weekly' && (
          <Select
            label={t('weekday')}
            name="weekday"
            options={WEEKDAYS.map((value) => ({ value, label: weekdays(value) }))}
            value={weekday}
            onChange={(event) => setChoice({ ...choice, weekday: event.target.value })}
          />
        )}
        {(frequency === 'daily' || frequency === 'weekly') && (
          <Select
            label={t('hour')}
            name="hour"
            options={HOURS}
            value={hour}
            onChange={(event) => setChoice({ ...choice, hour: event.target.value })}
          />
        )}
      </div>
      <p className="mt-6">
        <Button type="submit" kind="primary" busy={busy} busyLabel={t('saving')}>
          {t('save')}
        </Button>
      </p>
    </form>
  )
}
