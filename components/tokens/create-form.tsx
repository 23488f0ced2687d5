'use client'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { FormDialog } from '#components/ui/form-dialog.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { Trouble } from '#components/ui/trouble.tsx'
import { useAct } from '#components/ui/use-act.ts'
import { createTokenAction } from '#lib/features/tokens/actions.ts'
import type { CreatedToken } from '#lib/features/tokens/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Draft } from './draft.ts'
import { SCOPE_NAMES, SCOPE_WORDS } from './scope-words.ts'

interface Props {
  draft: Draft
  onCreated: (created: CreatedToken) => void
  onStepUp: (draft: Draft) => void
  onClose: () => void
}

const FIELDS = ['name', 'scopes'] as const
const DAY = 86_400_000

function read(form: HTMLFormElement): Draft {
  const data = new FormData(form)
  return { name: String(data.get('name') ?? ''), scopes: data.getAll('scopes').map(String), days: String(data.get('days') ?? '') }
}

export default function CreateForm({ draft, onCreated, onStepUp, onClose }: Props) {
  const t = useTranslations('tokens')
  const format = useFormat()
  const form = useId()
  const id = (field: (typeof FIELDS)[number]) => `${form}-${field}`
  const [days, setDays] = useState(draft.days)
  const { busy, refused, act } = useAct()
  // However often the form is sent, one token comes of it.
  const [idempotencyKey] = useState(() => crypto.randomUUID())

  const submit = async (element: HTMLFormElement) => {
    const filled = read(element)
    const created = await act(
      () => createTokenAction({ ...filled, days: Number(filled.days) }, idempotencyKey),
      () => onStepUp(filled),
    )
    if (created) onCreated(created)
  }
  const wrong = FIELDS.filter((field) => refused?.fields?.includes(field))
  const nameError = wrong.includes('name') && t(refused?.code === 'token_name_taken' ? 'form.nameTaken' : 'form.nameError')

  return (
    <FormDialog
      id={form}
      title={t('form.title')}
      help={t('form.help')}
      send={t('form.make')}
      sending={t('form.making')}
      busy={busy}
      onSend={submit}
      onClose={onClose}
    >
      <Trouble refused={refused} wrong={wrong.map((field) => ({ id: id(field), label: t(`form.${field}`) }))} title={t('form.failed')} />
      <TextField
        id={id('name')}
        name="name"
        label={t('form.name')}
        help={t('form.nameHelp')}
        error={nameError || undefined}
        defaultValue={draft.name}
        maxLength={40}
        autoComplete="off"
      />
      <Fieldset id={id('scopes')} legend={t('form.scopes')} error={wrong.includes('scopes') && t('form.scopesError')}>
        {SCOPE_NAMES.map((scope) => (
          <Checkbox
            key={scope}
            name="scopes"
            value={scope}
            label={t(`scope.${SCOPE_WORDS[scope]}`)}
            note={t(`scope.${SCOPE_WORDS[scope]}Note`)}
            defaultChecked={draft.scopes.includes(scope)}
          />
        ))}
      </Fieldset>
      <Segment
        legend={t('form.validFor')}
        name="days"
        options={['30', '90', '180', '365'].map((value) => ({
          value,
          label: value === '365' ? t('form.year') : t('form.days', { days: Number(value) }),
        }))}
        value={days}
        onChange={setDays}
      >
        {t.rich('form.expiry', {
          day: format.day(new Date(Date.now() + Number(days) * DAY)),
          b: (text) => <b className="text-ink tabular-nums">{text}</b>,
        })}
      </Segment>
    </FormDialog>
  )
}
