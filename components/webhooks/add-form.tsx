'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { FormError } from '#components/ui/form-error.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { createWebhookAction } from '#lib/features/webhooks/actions.ts'
import type { WebhookSecret } from '#lib/features/webhooks/schema.ts'
import type { Draft } from './draft.ts'
import { EventsField, readEvents } from './events-field.tsx'

interface Props {
  draft: Draft
  onAdded: (added: WebhookSecret, url: string) => void
  onStepUp: (draft: Draft) => void
  onClose: () => void
}

const FIELDS = ['url', 'events'] as const

export default function AddForm({ draft, onAdded, onStepUp, onClose }: Props) {
  const t = useTranslations('webhooks.form')
  const common = useTranslations('common')
  const form = useId()
  const id = (field: (typeof FIELDS)[number]) => `${form}-${field}`
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const [idempotencyKey] = useState(() => crypto.randomUUID())

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const url = String(new FormData(event.currentTarget).get('url') ?? '').trim()
    const filled = { url, events: readEvents(event.currentTarget) }
    setBusy(true)
    const answer = await answerOf(createWebhookAction(filled, idempotencyKey))
    setBusy(false)
    if (answer.ok) return onAdded(answer.data, url)
    if (answer.code === 'step_up_required') return onStepUp(filled)
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }
  const wrong = FIELDS.filter((field) => refused?.answer.fields?.includes(field))

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title')}
      help={t('help')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="primary" busy={busy} busyLabel={t('adding')}>
            {t('add')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        {refused && (
          <div className="mt-4" key={refused.attempt}>
            {wrong.length > 0 ? (
              <FormError fields={wrong.map((field) => ({ id: id(field), label: t(field) }))} />
            ) : (
              <Refusal title={t('failed')} refusal={refused.answer} />
            )}
          </div>
        )}
        <TextField
          id={id('url')}
          name="url"
          type="url"
          label={t('url')}
          help={t('urlHelp')}
          error={wrong.includes('url') ? t('urlError') : undefined}
          defaultValue={draft.url}
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
        />
        <EventsField id={id('events')} chosen={draft.events} error={wrong.includes('events') ? t('eventsError') : undefined} />
      </form>
    </Dialog>
  )
}
