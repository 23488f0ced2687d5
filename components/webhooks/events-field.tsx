'use client'
import { useTranslations } from 'next-intl'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { EVENTS } from './event-names.ts'

interface Props {
  id: string
  chosen: string[]
  error?: string
}

export function EventsField({ id, chosen, error }: Props) {
  const t = useTranslations('webhooks')
  return (
    <Fieldset id={id} legend={t('form.events')} error={error}>
      {EVENTS.map((event) => (
        <Checkbox
          key={event}
          name="events"
          value={event}
          label={t(`event.${event}`)}
          note={<code>{event}</code>}
          defaultChecked={chosen.includes(event)}
        />
      ))}
    </Fieldset>
  )
}

export const readEvents = (form: HTMLFormElement): string[] => new FormData(form).getAll('events').map(String)
