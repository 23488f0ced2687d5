'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AlertDialog } from '#components/ui/alert-dialog.tsx'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Refusal } from '#components/ui/refusal.tsx'
import { toast } from '#components/ui/toast.tsx'
import { endOtherSessionsAction } from '#lib/features/sso/actions.ts'

interface Props {
  /** How many others there are. */
  count: number
  onEnded: () => void
  onClose: () => void
}

export default function EndOthers({ count, onEnded, onClose }: Props) {
  const t = useTranslations('sso.sessions.others')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const end = async () => {
    setBusy(true)
    const answer = await answerOf(endOtherSessionsAction({}))
    setBusy(false)
    if (!answer.ok) return setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    toast({ text: t('done', { count: answer.data.ended }) })
    onEnded()
  }
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title={t('title', { count })}
      description={t('text')}
      confirm={t('confirm')}
      cancel={t('keep')}
      busy={busy}
      busyLabel={t('busy')}
      onConfirm={end}
      error={refused && <Refusal key={refused.attempt} title={t('failed')} refusal={refused.answer} />}
    />
  )
}
