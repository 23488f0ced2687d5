'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useState } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
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
  const range = useExpiryRange(mostDays)
  const form = useId()
  const id = (field: FieldName) => `${form}-${field}`
  const { busy, refused, act } = useAct()
  // One for each opened form: however often it is sent, one app password comes of it.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  // So that the secret does not have to wait for its code.
  useEffect(() => void import('./secret-shown.tsx'), [])

  const submit = async (element: HTMLFormElement) => {
    const filled = read(element)
    const created = await act(
      () => createAppPasswordAction(toInput(filled), idempotencyKey),
      () => onStepUp(filled),
    )
    if (created) onCreated(created)
  }

  const wrong = FIELDS.filter((field) => refused?.fields?.includes(field))
  const errorOf = (field: FieldName) => (wrong.includes(field) ? t(`errors.${field}`, range) : undefined)
  return (
    <FormDialog
      id={form}
      title={t('title')}
      help={t('help')}
      send={t('generate')}
      sending={t('generating')}
      busy={busy}
      onSend={submit}
      onClose={onClose}
    >
      <Trouble refused={refused} wrong={wrong.map((field) => ({ id: id(field), label: t(LABELS[field]) }))} title={t('failed')}>
        {refused && refused.code in INSTEAD && t(INSTEAD[refused.code as keyof typeof INSTEAD])}
      </Trouble>
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
    </FormDialog>
  )
}
