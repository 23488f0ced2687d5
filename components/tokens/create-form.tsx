'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Fieldset } from '#components/ui/fieldset.tsx'
import { FormError } from '#components/ui/form-error.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Segment } from '#components/ui/segment.tsx'
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
  const common = useTranslations('common')
  const format = useFormat()
  const form = useId()
  const id = (field: (typeof FIELDS)[number]) => `${form}-${field}`
  const [busy, setBusy] = useState(false)
  const [days, setDays] = useState(draft.days)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  // However often the form is sent, one token comes of it.
  const [idempotencyKey] = useState(() => crypto.randomUUID())

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const filled = read(event.currentTarget)
    setBusy(true)
    const answer = await answerOf(createTokenAction({ ...filled, days: Number(filled.days) }, idempotencyKey))
    setBusy(false)
    if (answer.ok) return onCreated(answer.data)
    if (answer.code === 'step_up_required') return onStepUp(filled)
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }
  const wrong = FIELDS.filter((field) => refused?.answer.fields?.includes(field))
  const nameError = wrong.includes('name') && t(refused?.answer.code === 'token_name_taken' ? 'form.nameTaken' : 'form.nameError')

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('form.title')}
      help={t('form.help')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="primary" busy={busy} busyLabel={t('form.making')}>
            {t('form.make')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        {refused && (
          <div className="mt-4" key={refused.attempt}>
            {wrong.length > 0 ? (
              <FormError fields={wrong.map((field) => ({ id: id(field), label: t(`form.${field}`) }))} />
            ) : (
              <Refusal title={t('form.failed')} refusal={refused.answer} />
            )}
          </div>
        )}
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
      </form>
    </Dialog>
  )
}
