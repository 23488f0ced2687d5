'use client'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { TextField } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { useVerify, type VerifyProps } from './use-verify.ts'
import { VerifyForm } from './verify-form.tsx'

const LEAST = 2

/** On the word of the member of staff: who answered is written down. */
export function VerifyByCallBack({ account, ending, onVerified, onBack }: VerifyProps & { ending: string }) {
  const t = useTranslations('helpdesk.verify.callBack')
  const verifying = useTranslations('helpdesk.verify')
  const field = useId()
  const [short, setShort] = useState(false)
  const { verify, busy, refused } = useVerify({ account, onVerified })
  const record = (form: FormData) => {
    const note = String(form.get('note')).trim()
    setShort(note.length < LEAST)
    if (note.length >= LEAST) void verify({ method: 'call_back', note })
    else document.getElementById(field)?.focus()
  }
  return (
    <VerifyForm
      title={t('title')}
      refusal={refused && <Refusal key={refused.attempt} title={verifying('failed')} refusal={refused.answer} />}
      confirm={t('confirm')}
      busy={busy}
      busyLabel={t('confirming')}
      onSubmit={record}
      onBack={onBack}
    >
      <p className="mt-1 text-ink-2">{t('help', { ending })}</p>
      <TextField
        id={field}
        name="note"
        label={t('note')}
        help={t('noteHelp')}
        error={short && t('noteWrong')}
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
    </VerifyForm>
  )
}
