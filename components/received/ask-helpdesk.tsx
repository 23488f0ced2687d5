'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import type { Acts } from './use-acts.ts'

const [LEAST, MOST] = [4, 500]

interface Props {
  ids: string[]
  /** How many of them are asked for. */
  count: number
  acts: Acts
  onClose: () => void
}

/** Malware and phishing are released by the helpdesk only, which wants to know why (T40). */
export default function AskHelpdesk({ ids, count, acts: { act, busy, refused }, onClose }: Props) {
  const t = useTranslations('received.ask')
  const failed = useTranslations('received.failed')
  const common = useTranslations('common')
  const form = useId()
  const [wrong, setWrong] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason')).trim()
    setWrong(reason.length < LEAST)
    if (reason.length < LEAST) return document.getElementById(`${form}-reason`)?.focus()
    if (await act('ask', ids, reason)) onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title', { count })}
      help={t('help')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="primary" busy={busy === 'ask'} busyLabel={t('sending')}>
            {t('send')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        {refused?.act === 'ask' && (
          <div className="mt-4" key={refused.attempt}>
            <Refusal title={failed('ask')} refusal={refused.answer} />
          </div>
        )}
        <Field id={`${form}-reason`} label={t('reason')} help={t('reasonHelp')} error={wrong && t('reasonShort', { least: LEAST })}>
          {(control) => <textarea {...control} name="reason" maxLength={MOST} rows={4} className="ui-input" />}
        </Field>
      </form>
    </Dialog>
  )
}
