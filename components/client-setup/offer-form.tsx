'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { offerProfileAction } from '#lib/features/client-setup/actions.ts'
import type { OfferedProfile } from '#lib/features/client-setup/schema.ts'

interface Props {
  device: string
  /** For how many days an app password may be good. */
  mostDays: number
  onOffered: (offered: OfferedProfile, name: string) => void
  onStepUp: () => void
  onClose: () => void
}

export default function OfferForm({ device, mostDays, onOffered, onStepUp, onClose }: Props) {
  const t = useTranslations('client-setup.profile.form')
  const common = useTranslations('common')
  const form = useId()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const typed = new FormData(event.currentTarget)
    const name = String(typed.get('name') ?? '')
    setBusy(true)
    const answer = await answerOf(offerProfileAction({ name, days: Number(typed.get('days')) }))
    setBusy(false)
    if (answer.ok) return onOffered(answer.data, name.trim())
    if (answer.code === 'step_up_required') return onStepUp()
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }
  const wrongName = refused?.answer.fields?.includes('name')

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title')}
      help={t('help')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="primary" busy={busy} busyLabel={t('making')}>
            {t('make')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        {refused && !wrongName && (
          <div className="mt-4">
            <Refusal key={refused.attempt} title={t('failed')} refusal={refused.answer} />
          </div>
        )}
        <TextField
          name="name"
          label={t('name')}
          error={wrongName ? t('nameError') : undefined}
          defaultValue={device}
          maxLength={60}
          autoComplete="off"
        />
        <Segment
          legend={t('validFor')}
          name="days"
          options={[
            { value: '90', label: t('days', { days: 90 }) },
            { value: '180', label: t('days', { days: 180 }) },
            { value: '365', label: t('year') },
          ].filter(({ value }) => Number(value) <= mostDays)}
          defaultValue={mostDays < 180 ? '90' : '180'}
        />
      </form>
    </Dialog>
  )
}
