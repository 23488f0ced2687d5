'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AlertDialog } from '#components/ui/alert-dialog.tsx'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Refusal } from '#components/ui/refusal.tsx'
import { removeWebhookAction, rotateWebhookAction } from '#lib/features/webhooks/actions.ts'
import type { Webhook } from '#lib/features/webhooks/schema.ts'
import { hostOf } from './host.ts'

interface Props {
  /** What cannot be taken back. */
  act: 'rotate' | 'remove'
  webhook: Webhook
  onRemoved: () => void
  onRotated: (secret: string) => void
  onStepUp: () => void
  onClose: () => void
}

export default function Ask({ act, webhook, onRemoved, onRotated, onStepUp, onClose }: Props) {
  const t = useTranslations('webhooks')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const host = hostOf(webhook)

  const go = async () => {
    setBusy(true)
    const [removed, rotated] =
      act === 'remove'
        ? [await answerOf(removeWebhookAction({ id: webhook.id })), undefined]
        : [undefined, await answerOf(rotateWebhookAction({ id: webhook.id }))]
    setBusy(false)
    if (rotated?.ok) return onRotated(rotated.data.secret)
    // Somebody else was quicker: gone is gone.
    if (removed?.ok || removed?.code === 'not_found') return onRemoved()
    const answer = removed ?? rotated
    if (!answer) return
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
      cancel={act === 'remove' ? t('remove.keep') : undefined}
      busy={busy}
      busyLabel={t(`${act}.busy`)}
      onConfirm={go}
      error={refused && <Refusal key={refused.attempt} title={t(`${act}.failed`)} refusal={refused.answer} />}
    />
  )
}
