'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AlertDialog } from '#components/ui/alert-dialog.tsx'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Refusal } from '#components/ui/refusal.tsx'
import { toast } from '#components/ui/toast.tsx'
import { revokeTokenAction } from '#lib/features/tokens/actions.ts'
import type { Token } from '#lib/features/tokens/schema.ts'

interface Props {
  token: Token
  onRevoked: () => void
  onClose: () => void
}

export default function Revoke({ token: { id, name }, onRevoked, onClose }: Props) {
  const t = useTranslations('tokens.revoke')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()

  const revoke = async () => {
    setBusy(true)
    const answer = await answerOf(revokeTokenAction({ id }))
    setBusy(false)
    // Somebody else was quicker: gone is gone.
    if (!answer.ok && answer.code !== 'not_found') {
      setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
      return
    }
    toast({ text: t('done', { name }) })
    onRevoked()
  }

  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title={t('title', { name })}
      description={t('text')}
      confirm={t('confirm')}
      cancel={t('keep')}
      busy={busy}
      busyLabel={t('busy')}
      onConfirm={revoke}
      error={refused && <Refusal key={refused.attempt} title={t('failed', { name })} refusal={refused.answer} />}
    />
  )
}
