'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AlertDialog } from '#components/ui/alert-dialog.tsx'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Refusal } from '#components/ui/refusal.tsx'
import { renameGroupAction } from '#lib/features/contacts/actions.ts'

/** The group goes, its contacts stay. */
export default function DissolveDialog({ name, onDone, onClose }: { name: string; onDone: () => void; onClose: () => void }) {
  const t = useTranslations('contacts.groups')
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const dissolve = async () => {
    setBusy(true)
    const answer = await answerOf<unknown>(renameGroupAction({ name, to: null }))
    setBusy(false)
    // Somebody else was quicker: gone is gone.
    if (!answer.ok && answer.code !== 'not_found') return setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    await client.invalidateQueries({ queryKey: ['contacts'] })
    onDone()
  }
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title={t('dissolveTitle', { name })}
      description={t('dissolveText')}
      confirm={t('dissolveConfirm')}
      busy={busy}
      busyLabel={t('dissolving')}
      onConfirm={() => void dissolve()}
      error={refused && <Refusal key={refused.attempt} title={t('notDissolved')} refusal={refused.answer} />}
    />
  )
}
