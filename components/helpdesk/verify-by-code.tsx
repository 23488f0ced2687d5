'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { CodeField } from '#components/ui/code-field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useCountdown } from '#components/ui/use-countdown.ts'
import { sendCallCodeAction } from '#lib/features/helpdesk/actions.ts'
import type { SentCode } from '#lib/features/helpdesk/schema.ts'
import { clock } from './clock.ts'
import { useVerify, type VerifyProps } from './use-verify.ts'
import { VerifyForm } from './verify-form.tsx'

const LENGTH = 6

export function VerifyByCode({ account, first, onVerified, onBack }: VerifyProps & { first: SentCode }) {
  const t = useTranslations('helpdesk.verify.code')
  const verifying = useTranslations('helpdesk.verify')
  const field = useId()
  const [sent, setSent] = useState(first)
  const [missing, setMissing] = useState(0)
  const { verify, busy, refused, forget } = useVerify({ account, onVerified })
  const left = useCountdown(sent.expiresInSeconds, sent)
  const [notSent, setNotSent] = useState<{ answer: Refused; attempt: number }>()
  const wrong = refused?.answer.code === 'code_wrong' ? refused : undefined
  useEffect(() => {
    if (!wrong) return
    const input = document.getElementById(field)
    if (input instanceof HTMLInputElement) input.select()
  }, [wrong, field])

  const confirm = (form: FormData) => {
    const code = String(form.get('code'))
    setMissing(LENGTH - code.length)
    setNotSent(undefined)
    if (code.length === LENGTH) void verify({ method: 'phone_code', code })
    else document.getElementById(field)?.focus()
  }
  const other = notSent ?? (wrong ? undefined : refused)
  const refuse = (answer: Refused) => setNotSent((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  const sentAgain = (again: SentCode) => {
    forget()
    setNotSent(undefined)
    setSent(again)
    toast({ text: t('resent') })
  }
  const error = missing > 0 ? t('missing', { count: missing }) : wrong && t('wrong', { left: Number(wrong.answer.values?.left ?? 0) })
  return (
    <VerifyForm
      title={t('title')}
      refusal={other && <Refusal key={other.attempt} title={notSent ? t('notSent') : verifying('failed')} refusal={other.answer} />}
      confirm={t('confirm')}
      busy={busy}
      busyLabel={t('confirming')}
      onSubmit={confirm}
      onBack={onBack}
      more={<Resend account={account} sent={sent} onSent={sentAgain} onRefused={refuse} />}
    >
      <CodeField id={field} length={LENGTH} label={t('label')} help={t('sentTo', { phone: sent.masked })} error={error} autoFocus />
      <p className="mt-2 text-ink-2 text-sm tabular-nums">{left > 0 ? t('validFor', { time: clock(left) }) : t('over')}</p>
    </VerifyForm>
  )
}

interface ResendProps {
  account: string
  sent: SentCode
  onSent: (again: SentCode) => void
  onRefused: (answer: Refused) => void
}

function Resend({ account, sent, onSent, onRefused }: ResendProps) {
  const t = useTranslations('helpdesk.verify.code')
  const wait = useCountdown(sent.resendInSeconds, sent)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    const answer = await answerOf(sendCallCodeAction({ mailbox: account }))
    setBusy(false)
    if (answer.ok) onSent(answer.data)
    else onRefused(answer)
  }
  return (
    <>
      <span className="tabular-nums">
        <Button
          busy={busy}
          busyLabel={t('busy')}
          disabledReason={wait > 0 ? t('resendIn', { seconds: wait }) : undefined}
          onClick={() => void send()}
        >
          {t('resend')}
        </Button>
      </span>
      {/* Said once, when the wait is over; the seconds themselves are not read out. */}
      <span role="status" className="sr-only">
        {wait === 0 && t('mayResend')}
      </span>
    </>
  )
}
