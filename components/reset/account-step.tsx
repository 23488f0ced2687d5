'use client'
import { useActionState, useEffect } from 'react'
import { TextField } from '#components/ui/field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { AccountAnswer } from './answers.ts'
import { Refusal } from './refusal.tsx'

interface Props {
  start: (before: AccountAnswer | null, form: FormData) => Promise<AccountAnswer>
  /** `pass`: the person has a one-time pass or a recovery code at hand, and no text is sent. */
  by: 'text' | 'pass'
  words: { label: string; help: string; button: string; busy: string; reference: string }
}

const FIELD = 'account'

export function AccountStep({ start, by, words }: Props) {
  const [answer, submit] = useActionState(start, null)
  useEffect(() => {
    if (answer?.wrong) document.getElementById(FIELD)?.focus()
  }, [answer])
  return (
    <form action={submit} noValidate>
      <Refusal refused={answer?.refused} label={words.reference} />
      <input type="hidden" name="by" value={by} />
      <TextField
        id={FIELD}
        name="account"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        label={words.label}
        help={words.help}
        error={answer?.wrong}
        defaultValue={answer?.account}
      />
      <p className="mt-5">
        <SubmitButton busyLabel={words.busy}>{words.button}</SubmitButton>
      </p>
    </form>
  )
}
