'use client'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Field } from '#components/ui/field.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
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
  const form = useId()
  const [wrong, setWrong] = useState(false)
  const submit = async (element: HTMLFormElement) => {
    const reason = String(new FormData(element).get('reason')).trim()
    setWrong(reason.length < LEAST)
    if (reason.length < LEAST) return document.getElementById(`${form}-reason`)?.focus()
    if (await act('ask', ids, reason)) onClose()
  }
  return (
    <FormDialog
      id={form}
      title={t('title', { count })}
      help={t('help')}
      send={t('send')}
      sending={t('sending')}
      busy={busy === 'ask'}
      onSend={submit}
      onClose={onClose}
    >
      {refused?.act === 'ask' && (
        <div className="mt-4" key={refused.attempt}>
          <Refusal title={failed('ask')} refusal={refused.answer} />
        </div>
      )}
      <Field id={`${form}-reason`} label={t('reason')} help={t('reasonHelp')} error={wrong && t('reasonShort', { least: LEAST })}>
        {(control) => <textarea {...control} name="reason" maxLength={MOST} rows={4} className="ui-input" />}
      </Field>
    </FormDialog>
  )
}
