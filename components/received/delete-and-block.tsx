'use client'
import { useTranslations } from 'next-intl'
import { AlertDialog } from '#components/ui/alert-dialog.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import type { Acts } from './use-acts.ts'

interface Props {
  id: string
  sender: string
  acts: Acts
  onClose: () => void
}

/** Asks first: the mail can be brought back, and whom it blocks stays blocked. */
export default function DeleteAndBlock({ id, sender, acts: { act, busy, refused }, onClose }: Props) {
  const t = useTranslations('received')
  const go = async () => {
    if (await act('block', [id])) onClose()
  }
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title={<bdi className="[overflow-wrap:anywhere]">{t('block.title', { sender })}</bdi>}
      description={t('block.text')}
      confirm={t('acts.block')}
      cancel={t('block.keep')}
      busy={busy === 'block'}
      busyLabel={t('acts.deleting')}
      onConfirm={go}
      error={refused?.act === 'block' && <Refusal key={refused.attempt} title={t('failed.block')} refusal={refused.answer} />}
    />
  )
}
