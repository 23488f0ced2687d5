'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useId, useState, useTransition } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmIdentity } from '#components/ui/confirm-identity.tsx'
import type { PasswordRules } from '#components/ui/judge-typed.ts'
import { NewPassword, type NewPasswordWords } from '#components/ui/new-password.tsx'
import { PasswordField } from '#components/ui/password-field.tsx'
import { readyToSend } from '#components/ui/ready-to-send.ts'
import { Refusal } from '#components/ui/refusal.tsx'
import { changePasswordAction } from '#lib/features/password/actions.ts'
import type { Changed } from '#lib/features/password/schema.ts'

interface Props {
  rules: PasswordRules
  words: NewPasswordWords
  /** Whether the last sign-in is recent enough, so that nobody types in vain. */
  isFresh: () => boolean
  onChanged: (changed: Changed, reference: string) => void
}

const FIELDS = ['current', 'next'] as const
type FieldName = (typeof FIELDS)[number]

interface Attempt {
  answer: Refused
  /** The field that is wrong, and what is wrong with it; else it stands above the form. */
  field?: FieldName
  next?: string
  attempt: number
}

export function ChangeForm({ rules, words, isFresh, onChanged }: Props) {
  const t = useTranslations('password')
  const errors = useTranslations('errors')
  const id = useId()
  const idOf = (field: FieldName) => `${id}-${field}`
  const [confirm, setConfirm] = useState<'first' | 'sent' | null>(() => (isFresh() ? null : 'first'))
  const [refusal, setRefusal] = useState<Attempt>()
  const [wrong, setWrong] = useState<string>()
  const [pending, start] = useTransition()
  // One for each opened form: an answer that was lost is not asked for a second change.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const toFix = refusal?.field && idOf(refusal.field)
  useEffect(() => {
    const field = toFix && refusal && document.getElementById(toFix)
    if (field instanceof HTMLInputElement) field.select()
  }, [toFix, refusal])

  const refuse = (answer: Refused) => {
    if (answer.code === 'step_up_required') return setConfirm('sent')
    const field = FIELDS.find((name) => answer.fields?.includes(name))
    const sentence = answer.code === 'no_answer' ? undefined : errors(answer.code, answer.values)
    if (field === 'current') setWrong(sentence)
    const next = field === 'next' ? sentence : undefined
    setRefusal((before) => ({ answer, field, next, attempt: (before?.attempt ?? 0) + 1 }))
  }
  const change = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending || !readyToSend(event.currentTarget)) return
    const typed = new FormData(event.currentTarget)
    const input = { current: String(typed.get('current')), next: String(typed.get('next')) }
    start(async () => {
      const answer = await answerOf(changePasswordAction(input, idempotencyKey))
      start(() => (answer.ok ? onChanged(answer.data, answer.reference) : refuse(answer)))
    })
  }

  if (confirm)
    return (
      <div className="mt-5">
        <ConfirmIdentity returnTo="/password" arrived={confirm === 'sent'}>
          {t('change.confirm')}
        </ConfirmIdentity>
      </div>
    )
  return (
    <form onSubmit={change} noValidate className="max-w-100">
      {refusal && !refusal.field && (
        <div className="mt-4">
          <Refusal key={refusal.attempt} title={t('change.failed')} refusal={refusal.answer}>
            {refusal.answer.code === 'already_done' && t('change.alreadyDone')}
          </Refusal>
        </div>
      )}
      <PasswordField
        id={idOf('current')}
        name="current"
        autoComplete="current-password"
        label={t('change.current')}
        eye={words.eye}
        error={wrong}
        onInvalid={() => setWrong(t('change.missing'))}
        onInput={() => setWrong(undefined)}
      />
      <NewPassword id={idOf('next')} rules={rules} words={words} refused={refusal} />
      <div className="mt-5">
        <Button type="submit" kind="primary" busy={pending} busyLabel={t('change.saving')}>
          {t('change.save')}
        </Button>
      </div>
    </form>
  )
}
