'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AlertDialog } from '#components/ui/alert-dialog.tsx'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Refusal } from '#components/ui/refusal.tsx'
import { toast } from '#components/ui/toast.tsx'
import { revokeAllAppPasswordsAction, revokeAppPasswordAction } from '#lib/features/app-passwords/actions.ts'
import type { AppPassword } from '#lib/features/app-passwords/schema.ts'

interface Props {
  /** The one, or all. */
  which: AppPassword | 'all'
  count: number
  onRevoked: () => void
  onClose: () => void
}

/** It says "revoked" only when the server has said so; until then the row stays. */
export default function Revoke({ which, count, onRevoked, onClose }: Props) {
  const t = useTranslations('app-passwords')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const all = which === 'all'
  const key = all ? 'revokeEvery' : 'revokeOne'
  const name = all ? '' : which.name

  const revoke = async () => {
    setBusy(true)
    const answer = await answerOf(all ? revokeAllAppPasswordsAction({}) : revokeAppPasswordAction({ id: which.id }))
    setBusy(false)
    // Somebody else was quicker: gone is gone.
    if (!answer.ok && answer.code !== 'not_found') {
      setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
      return
    }
    toast({ text: t(`${key}.done`, { name, count: answer.ok ? answer.data.revoked : 1 }) })
    onRevoked()
  }

  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title={t(`${key}.title`, { name, count })}
      description={t(`${key}.text`)}
      confirm={t(`${key}.confirm`)}
      cancel={t('keep')}
      busy={busy}
      busyLabel={t(`${key}.busy`)}
      onConfirm={revoke}
      error={refused && <Refusal key={refused.attempt} title={t(`${key}.failed`, { name })} refusal={refused.answer} />}
    />
  )
}
