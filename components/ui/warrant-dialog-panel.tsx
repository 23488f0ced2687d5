'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { HelpdeskAct } from '#lib/platform/notices/kinds.ts'
import type { Warrant } from '#lib/platform/staff.ts'
import type { Refused } from './answer.ts'
import { Button } from './button.tsx'
import { type Call, keptWarrant } from './call.ts'
import { Dialog } from './dialog.tsx'
import { TextField } from './field.tsx'
import { Fieldset } from './fieldset.tsx'
import { Radio } from './radio.tsx'
import { Refusal } from './refusal.tsx'
import { ToldToOwner } from './told-to-owner.tsx'
import type { WarrantWords } from './warrant-dialog.tsx'

interface Props extends WarrantWords {
  call: Call
  operation: HelpdeskAct
  send: (warrant: Warrant) => Promise<Refused | null>
  onClose: () => void
}

const OTHER = 'other'

export default function WarrantDialogPanel({ call, operation, send, onClose, ...words }: Props) {
  const { title, reasons, confirm, busyLabel, failed, children, danger } = words
  const t = useTranslations('warrant')
  const common = useTranslations('common')
  const format = useFormat()
  const form = useId()
  const [kept] = useState(() => keptWarrant(call))
  const [chosen, setChosen] = useState(() => (kept.reason && !reasons.includes(kept.reason) ? OTHER : kept.reason || reasons[0] || OTHER))
  const [written, setWritten] = useState(reasons.includes(kept.reason) ? '' : kept.reason)
  const [ticket, setTicket] = useState(kept.ticket)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const reason = chosen === OTHER ? written : chosen
  const wrong = refused?.answer.code === 'reason_needed' ? (refused.answer.fields ?? []) : []

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    const answer = await send({ reason, ticket })
    setBusy(false)
    if (!answer) return
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    if (answer.code === 'reason_needed') document.getElementById(`${form}-${answer.fields?.[0] ?? 'ticket'}`)?.focus()
  }
  const { name, address, verifiedAt } = call
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      help={[name, address, verifiedAt && t('verified', { time: format.time(verifiedAt) })].filter(Boolean).join(' · ')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind={danger ? 'danger-solid' : 'primary'} busy={busy} busyLabel={busyLabel}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)} noValidate>
        {refused && wrong.length === 0 && (
          <div className="mt-4">
            <Refusal key={refused.attempt} title={failed} refusal={refused.answer} />
          </div>
        )}
        {children && <div className="mt-2 text-ink-2 text-sm">{children}</div>}
        {reasons.length > 0 && (
          <Fieldset legend={t('reason')}>
            {[...reasons, OTHER].map((value) => (
              <Radio
                key={value}
                name="reason"
                label={value === OTHER ? t('other') : value}
                checked={chosen === value}
                onChange={() => setChosen(value)}
              />
            ))}
          </Fieldset>
        )}
        {chosen === OTHER && (
          <TextField
            id={`${form}-reason`}
            label={t(reasons.length > 0 ? 'which' : 'reason')}
            value={written}
            onChange={({ target }) => setWritten(target.value)}
            maxLength={200}
            autoComplete="off"
            error={wrong.includes('reason') && t('reasonWrong')}
          />
        )}
        <TextField
          id={`${form}-ticket`}
          label={t('ticket')}
          className="mt-4 [&_input]:font-mono"
          value={ticket}
          onChange={({ target }) => setTicket(target.value)}
          maxLength={50}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={wrong.includes('ticket') && t('ticketWrong', { example: call.ticketExample })}
        />
        <ToldToOwner call={call} operation={operation} reason={reason} ticket={ticket} />
      </form>
    </Dialog>
  )
}
