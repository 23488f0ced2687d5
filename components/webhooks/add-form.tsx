'use client'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { TextField } from '#components/ui/field.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
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
  const form = useId()
  const id = (field: (typeof FIELDS)[number]) => `${form}-${field}`
  const { busy, refused, act } = useAct()
  const [idempotencyKey] = useState(() => crypto.randomUUID())

  const submit = async (element: HTMLFormElement) => {
    const url = String(new FormData(element).get('url') ?? '').trim()
    const filled = { url, events: readEvents(element) }
    const added = await act(
      () => createWebhookAction(filled, idempotencyKey),
      () => onStepUp(filled),
    )
    if (added) onAdded(added, url)
  }
  const wrong = FIELDS.filter((field) => refused?.fields?.includes(field))

  return (
    <FormDialog
      id={form}
      title={t('title')}
      help={t('help')}
      send={t('add')}
      sending={t('adding')}
      busy={busy}
      onSend={submit}
      onClose={onClose}
    >
      <Trouble refused={refused} wrong={wrong.map((field) => ({ id: id(field), label: t(field) }))} title={t('failed')} />
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
    </FormDialog>
  )
}
