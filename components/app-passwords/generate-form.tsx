'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { FormError } from '#components/ui/form-error.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { createAppPasswordAction } from '#lib/features/app-passwords/actions.ts'
import type { CreatedAppPassword, Protocol } from '#lib/features/app-passwords/schema.ts'
import type { Draft } from './draft.ts'
import { useExpiryRange, ValidFor } from './valid-for.tsx'

interface Props {
  draft: Draft
  /** The masked number that it can be sent to. */
  phone: string
  /** For how many days one may be good. */
  mostDays: number
  onCreated: (created: CreatedAppPassword) => void
  onStepUp: (draft: Draft) => void
  onClose: () => void
}

const FIELDS = ['name', 'expiresOn', 'protocols'] as const
type FieldName = (typeof FIELDS)[number]
const LABELS = { name: 'name', expiresOn: 'lastDay', protocols: 'allow' } as const
/** Where the sentence of the code leaves out the way on from here. */
const INSTEAD = { already_done: 'alreadyDone', sms_limit: 'noSms', sms_budget: 'noSms' } as const
const PROTOCOLS: Protocol[] = ['imap', 'pop3', 'smtp']

function read(form: HTMLFormElement): Draft {
  const data = new FormData(form)
  const text = (name: string) => String(data.get(name) ?? '')
  return {
    name: text('name'),
    days: text('days'),
    expiresOn: text('expiresOn'),
    protocols: data.getAll('protocols') as Protocol[],
    sms: data.has('sms'),
  }
}

const toInput = ({ days, expiresOn, ...rest }: Draft) => ({ ...rest, ...(days === 'other' ? { expiresOn } : { days: Number(days) }) })

export default function GenerateForm({ draft, phone, mostDays, onCreated, onStepUp, onClose }: Props) {
  const t = useTranslations('app-passwords.form')
  const common = useTranslations('common')
  const range = useExpiryRange(mostDays)
  const form = useId()
  const id = (field: FieldName) => `${form}-${field}`
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  // One for each opened form: however often it is sent, one app password comes of it.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  // So that the secret does not have to wait for its code.
  useEffect(() => void import('./secret-shown.tsx'), [])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const filled = read(event.currentTarget)
    setBusy(true)
    const answer = await answerOf(createAppPasswordAction(toInput(filled), idempotencyKey))
    setBusy(false)
    if (answer.ok) return onCreated(answer.data)
    if (answer.code === 'step_up_required') return onStepUp(filled)
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }

  const wrong = FIELDS.filter((field) => refused?.answer.fields?.includes(field))
  const errorOf = (field: FieldName) => (wrong.includes(field) ? t(`errors.${field}`, range) : undefined)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title')}
      help={t('help')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="primary" busy={busy} busyLabel={t('generating')}>
            {t('generate')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        {refused && (
          <div className="mt-4" key={refused.attempt}>
            {wrong.length > 0 ? (
              <FormError fields={wrong.map((field) => ({ id: id(field), label: t(LABELS[field]) }))} />
            ) : (
              <Refusal title={t('failed')} refusal={refused.answer}>
                {refused.answer.code in INSTEAD && t(INSTEAD[refused.answer.code as keyof typeof INSTEAD])}
              </Refusal>
            )}
          </div>
        )}
        <TextField
          id={id('name')}
          name="name"
          label={t('name')}
          error={errorOf('name')}
          defaultValue={draft.name}
          maxLength={60}
          autoComplete="off"
        />
        <ValidFor id={id('expiresOn')} draft={draft} mostDays={mostDays} error={errorOf('expiresOn')} />
        <Fieldset id={id('protocols')} legend={t('allow')} error={errorOf('protocols')}>
          {PROTOCOLS.map((protocol) => (
            <Checkbox
              key={protocol}
              name="protocols"
              value={protocol}
              label={t(protocol)}
              note={protocol === 'imap' && t('imapNote')}
              defaultChecked={draft.protocols.includes(protocol)}
            />
          ))}
        </Fieldset>
        <div className="mt-4">
          <Checkbox name="sms" label={t('sms', { phone })} note={t('smsNote')} defaultChecked={draft.sms} />
        </div>
      </form>
    </Dialog>
  )
}
