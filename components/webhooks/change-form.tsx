'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormError } from '#components/ui/form-error.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { toast } from '#components/ui/toast.tsx'
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
  const common = useTranslations('common')
  const form = useId()
  const field = `${form}-events`
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const events = readEvents(event.currentTarget)
    setBusy(true)
    const answer = await answerOf(changeWebhookAction({ id: webhook.id, events }))
    setBusy(false)
    if (!answer.ok && answer.code === 'step_up_required') return onStepUp(events)
    if (!answer.ok) return setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    toast({ text: t('done.events') })
    onChanged()
  }
  const wrong = refused?.answer.fields?.includes('events')

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('form.changeTitle', { host: hostOf(webhook) })}
      help={t('form.changeHelp')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="primary" busy={busy} busyLabel={t('form.saving')}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        {refused && (
          <div className="mt-4" key={refused.attempt}>
            {wrong ? (
              <FormError fields={[{ id: field, label: t('form.events') }]} />
            ) : (
              <Refusal title={t('form.notSaved')} refusal={refused.answer} />
            )}
          </div>
        )}
        <EventsField id={field} chosen={chosen ?? webhook.events} error={wrong ? t('form.eventsError') : undefined} />
      </form>
    </Dialog>
  )
}
