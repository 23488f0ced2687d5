'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useRef, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { recallSentAction } from '#lib/features/sent/actions.ts'
import { recallPreviewQuery } from '#lib/features/sent/queries.ts'
import type { Recall, RecallPreview } from '#lib/features/sent/schema.ts'

interface Props {
  id: string
  onBegun: (recall: Recall) => void
  onStepUp: () => void
  onClose: () => void
}

/** What would be taken back, from whom not and why, who hears of it, and the question. Nothing begins before the box is ticked. */
export default function RecallDialog({ id, onBegun, onStepUp, onClose }: Props) {
  const t = useTranslations('sent.recall')
  const form = useId()
  const { data: preview, isError } = useQuery(recallPreviewQuery(id))
  const [busy, setBusy] = useState(false)
  const asked = useRef(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const recall = async (event: FormEvent) => {
    event.preventDefault()
    if (asked.current) return
    asked.current = true
    setBusy(true)
    const answer = await answerOf(recallSentAction({ id }))
    asked.current = false
    setBusy(false)
    if (!answer.ok && answer.code === 'step_up_required') return onStepUp()
    if (!answer.ok) return setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    onBegun(answer.data)
    onClose()
  }
  const nothing = preview !== undefined && preview.recallable + preview.unknown === 0
  const ready = preview !== undefined && !nothing
  return (
    <Dialog
      open
      onOpenChange={busy ? () => undefined : onClose}
      title={t('title')}
      footer={
        <>
          <Button onClick={onClose}>{t('close')}</Button>
          {ready && (
            <Button type="submit" form={form} kind="danger-solid" busy={busy} busyLabel={t('busy')}>
              <Confirm preview={preview} />
            </Button>
          )}
        </>
      }
    >
      <div className="mt-3 grid gap-3">
        {refused && <Refusal key={refused.attempt} title={t('failed')} refusal={refused.answer} />}
        {isError && <Banner kind="stop" role="alert" title={t('notLooked')} />}
        {!preview && !isError && <p role="status">{t('looking')}</p>}
        {preview && <Consequences preview={preview} />}
        {nothing && (
          <Banner kind="plain" title={t('nothing')}>
            {t('nothingText')}
          </Banner>
        )}
        {ready && (
          <form id={form} onSubmit={recall}>
            <Checkbox
              required
              label={preview.recallable > 0 ? t('sure', { count: preview.recallable }) : t('sureUnknown')}
              note={t('final')}
            />
          </form>
        )}
      </div>
    </Dialog>
  )
}

function Confirm({ preview: { recallable, needsApproval } }: { preview: RecallPreview }) {
  const t = useTranslations('sent.recall')
  if (needsApproval) return t('ask')
  return recallable > 0 ? t('confirm', { count: recallable }) : t('confirmUnknown')
}

const WHY = ['read', 'none', 'undelivered', 'outside', 'unknown'] as const

function Consequences({ preview }: { preview: RecallPreview }) {
  const t = useTranslations('sent.recall')
  const { total, recallable, read, readToo, told, needsApproval } = preview
  const why = WHY.filter((each) => preview[each] > 0 && !(each === 'read' && readToo))
  return (
    <>
      <p>
        <b>{t('count', { recallable, total })}</b>
      </p>
      {why.length > 0 && (
        <ul className="list-disc pl-5 text-ink-2">
          {why.map((each) => (
            <li key={each}>{t(`why.${each}`, { count: preview[each] })}</li>
          ))}
        </ul>
      )}
      {read > 0 && <p className="text-ink-2">{t(readToo ? 'readToo' : 'keep')}</p>}
      <p className="text-ink-2">{t(told ? 'told' : 'notTold')}</p>
      {needsApproval && <p className="text-ink-2">{t('approval')}</p>}
    </>
  )
}
