'use client'
import { type FormEvent, type ReactNode, startTransition, useActionState, useEffect } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { PasswordRules } from '#components/ui/judge-typed.ts'
import { NewPassword, type NewPasswordWords } from '#components/ui/new-password.tsx'
import { readyToSend } from '#components/ui/ready-to-send.ts'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { NewAnswer } from './answers.ts'
import { Done, type DoneWords } from './done.tsx'
import { Refusal } from './refusal.tsx'
import { ResetFrame, type StepWords } from './reset-frame.tsx'

export interface NewWords {
  title: string
  text: string
  button: string
  busy: string
  /** How long there is for it. */
  within: string
  /** Where the account is locked by wrong passwords. */
  locked: { banner: ReactNode; button: string; busy: string } | null
}

interface Form {
  rules: PasswordRules
  fields: NewPasswordWords
  words: NewWords
}

interface Props {
  choose: (before: NewAnswer | null, form: FormData) => Promise<NewAnswer>
  unlock: (before: NewAnswer | null) => Promise<NewAnswer>
  /** Null when the reset has just ended: the answer stands in place of the form. */
  form: Form | null
  done: DoneWords
  steps: StepWords
  help: ReactNode
}

const FIELD = 'new-password'

export function NewStep({ choose, unlock, form, done, steps, help }: Props) {
  const [chosen, submit, pending] = useActionState(choose, null)
  const [unlocked, submitUnlock] = useActionState(unlock, null)
  if (chosen && 'done' in chosen)
    return (
      <ResetFrame steps={steps} current={steps.items.length}>
        <Done receipt={chosen.done} words={done} />
      </ResetFrame>
    )
  if (unlocked && 'done' in unlocked) return <Done receipt={unlocked.done} words={done} />
  if (!form) return null
  const { title, text, locked } = form.words
  return (
    <ResetFrame steps={steps} current={2} help={help}>
      <h1 className="mb-2 text-2xl">{title}</h1>
      <p className="text-ink-2">{text}</p>
      {locked && (
        <form action={submitUnlock} className="mt-4">
          {locked.banner}
          <Refusal refused={refusedOf(unlocked)} label={done.reference} />
          <p className="mt-3">
            <SubmitButton kind="plain" busyLabel={locked.busy}>
              {locked.button}
            </SubmitButton>
          </p>
        </form>
      )}
      <ChooseForm {...form} answer={chosen} submit={submit} pending={pending} reference={done.reference} />
    </ResetFrame>
  )
}

interface ChooseFormProps extends Form {
  answer: NewAnswer | null
  submit: (form: FormData) => void
  pending: boolean
  reference: string
}

function ChooseForm({ rules, fields, words, answer, submit, pending, reference }: ChooseFormProps) {
  const wrong = answer && 'fields' in answer ? answer.fields : undefined
  useEffect(() => {
    const field = wrong && document.getElementById(wrong.next ? FIELD : `${FIELD}-again`)
    if (field instanceof HTMLInputElement) field.select()
  }, [wrong])
  // Sent by hand, so that a refusal leaves what was typed in its fields.
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending || !readyToSend(event.currentTarget)) return
    const typed = new FormData(event.currentTarget)
    startTransition(() => submit(typed))
  }
  return (
    <form action={submit} onSubmit={send} noValidate>
      <Refusal refused={refusedOf(answer)} label={reference} />
      <NewPassword id={FIELD} rules={rules} words={fields} refused={wrong} />
      <div className="mt-5">
        <Button type="submit" kind="primary" busy={pending} busyLabel={words.busy}>
          {words.button}
        </Button>
      </div>
      <p className="mt-3 text-ink-2 text-sm">{words.within}</p>
    </form>
  )
}

const refusedOf = (answer: NewAnswer | null) => (answer && 'refused' in answer ? answer.refused : undefined)
