'use client'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { toast } from '#components/ui/toast.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { changeWebhookAction } from '#lib/features/webhooks/actions.ts'
import type { Webhook } from '#lib/features/webhooks/schema.ts'
import { EventsField, readEvents } from './events-field.tsx'
import { hostOf } from './host.ts'

interface Props {
  webhook: Webhook
  /** What was chosen before the way to the identity provider. */
  chosen?: string[]
  onChanged: () => void
  onStepUp: (chosen: string[]) => void
  onClose: () => void
}

export default function ChangeForm({ webhook, chosen, onChanged, onStepUp, onClose }: Props) {
  const t = useTranslations('webhooks')
  const form = useId()
  const field = `${form}-events`
  const { busy, refused, act } = useAct()

  const submit = async (element: HTMLFormElement) => {
    const events = readEvents(element)
    const changed = await act(
      () => changeWebhookAction({ id: webhook.id, events }),
      () => onStepUp(events),
    )
    if (!changed) return
    toast({ text: t('done.events') })
    onChanged()
  }
  const wrong = refused?.fields?.includes('events')

  return (
    <FormDialog
      id={form}
      title={t('form.changeTitle', { host: hostOf(webhook) })}
      help={t('form.changeHelp')}
      send={t('form.save')}
      sending={t('form.saving')}
      busy={busy}
      onSend={submit}
      onClose={onClose}
    >
      <Trouble refused={refused} wrong={wrong ? [{ id: field, label: t('form.events') }] : []} title={t('form.notSaved')} />
      <EventsField id={field} chosen={chosen ?? webhook.events} error={wrong ? t('form.eventsError') : undefined} />
    </FormDialog>
  )
}
