'use client'
import { useTranslations } from 'next-intl'
import type { FormEvent, ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'

interface Props {
  title: string
  refusal?: ReactNode
  confirm: ReactNode
  busy: boolean
  busyLabel: ReactNode
  onSubmit: (form: FormData) => void
  onBack: () => void
  /** Beside the button. */
  more?: ReactNode
  children: ReactNode
}

/** One way of verifying, in place of the choice between them. */
export function VerifyForm({ title, refusal, confirm, busy, busyLabel, onSubmit, onBack, more, children }: Props) {
  const t = useTranslations('helpdesk.verify')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSubmit(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={submit} noValidate className="mt-4 max-w-120">
      {refusal && <div className="mb-4">{refusal}</div>}
      <h3>{title}</h3>
      {children}
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <Button type="submit" kind="primary" busy={busy} busyLabel={busyLabel}>
          {confirm}
        </Button>
        {more}
      </div>
      <p className="mt-3 -ml-2">
        <Button kind="quiet" onClick={onBack}>
          {t('other')}
        </Button>
      </p>
    </form>
  )
}
