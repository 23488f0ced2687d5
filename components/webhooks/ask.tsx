'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AlertDialog } from '#components/ui/alert-dialog.tsx'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Refusal } from '#components/ui/refusal.tsx'
import { removeWebhookAction, rotateWebhookAction, switchWebhookAction } from '#lib/features/webhooks/actions.ts'
import type { Webhook } from '#lib/features/webhooks/schema.ts'
import { hostOf } from './host.ts'

export type Asked = 'rotate' | 'on' | 'off' | 'remove'

interface Props {
  /** What changes at once what is sent. */
  act: Asked
  webhook: Webhook
  onDone: () => void
  onRotated: (secret: string) => void
  onStepUp: () => void
  onClose: () => void
}

export default function Ask({ act, webhook, onDone, onRotated, onStepUp, onClose }: Props) {
  const t = useTranslations('webhooks')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const { id } = webhook
  const host = hostOf(webhook)

  const go = async () => {
    setBusy(true)
    const rotated = act === 'rotate' ? await answerOf(rotateWebhookAction({ id })) : undefined
    const answer =
      rotated ?? (await answerOf(act === 'remove' ? removeWebhookAction({ id }) : switchWebhookAction({ id, on: act === 'on' })))
    setBusy(false)
    if (rotated?.ok) return onRotated(rotated.data.secret)
    // Somebody else was quicker: gone is gone.
    if (answer.ok || (act === 'remove' && answer.code === 'not_found')) return onDone()
    if (answer.code === 'step_up_required') return onStepUp()
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }

  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title={t(`${act}.title`, { host })}
      description={t(`${act}.text`)}
      confirm={t(`${act}.confirm`)}
      harmless={act === 'on'}
      cancel={act === 'remove' ? t('remove.keep') : undefined}
      busy={busy}
      busyLabel={t(`${act}.busy`)}
      onConfirm={go}
      error={refused && <Refusal key={refused.attempt} title={t(`${act}.failed`)} refusal={refused.answer} />}
    />
  )
}
