'use client'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { TextField } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Select } from '#components/ui/select.tsx'
import { useVerify, type VerifyProps } from './use-verify.ts'
import { VerifyForm } from './verify-form.tsx'

/** As the door takes them; `DOCUMENTS` itself would bring the whole of the schemas with it. */
const KINDS = ['identity_card', 'passport', 'staff_card', 'other'] as const
const ENDING = /^[0-9A-Za-z]{4}$/

/** Of a document only its kind and its end are kept. */
export function VerifyByDocument({ account, onVerified, onBack }: VerifyProps) {
  const t = useTranslations('helpdesk.verify.document')
  const verifying = useTranslations('helpdesk.verify')
  const field = useId()
  const [wrong, setWrong] = useState(false)
  const { verify, busy, refused } = useVerify({ account, onVerified })
  const record = (form: FormData) => {
    const ending = String(form.get('ending')).normalize('NFKC').trim()
    const right = ENDING.test(ending)
    setWrong(!right)
    if (right) void verify({ method: 'document', document: { kind: String(form.get('kind')), ending } })
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
      <p className="mt-1 text-ink-2">{t('text')}</p>
      <Select label={t('kind')} name="kind" wide options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
      <TextField
        id={field}
        name="ending"
        label={t('ending')}
        className="mt-4 [&_input]:font-mono"
        error={wrong && t('endingWrong')}
        maxLength={4}
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
    </VerifyForm>
  )
}
