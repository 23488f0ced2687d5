'use client'
import { type FormEvent, useActionState, useEffect, useState } from 'react'
import { CodeField } from '#components/ui/code-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { useCountdown } from '#components/ui/use-countdown.ts'
import { useHydrated } from '#components/ui/use-hydrated.ts'
import type { CodeAnswer } from './answers.ts'
import { Refusal } from './refusal.tsx'
import { CODE_LENGTH, type CodeKind, missingSigns } from './signs.ts'

export interface CodeWords {
  label: string
  help?: string
  /** With `{count}` for the signs that are missing. */
  missing: string
  button: string
  busy: string
  send: string
  sending: string
  /** With `{seconds}` to wait. */
  sendIn: string
  maySend: string
  reference: string
}

interface Props {
  act: (before: CodeAnswer | null, form: FormData) => Promise<CodeAnswer>
  kind: CodeKind
  /** Whether a text was asked for yet. */
  asked: boolean
  resendInSeconds: number
  words: CodeWords
}

const FIELD = 'code'
const focusField = () => document.getElementById(FIELD)?.focus()

export function CodeStep({ act, kind, asked, resendInSeconds, words }: Props) {
  const [answer, submit] = useActionState(act, null)
  const [missing, setMissing] = useState<string>()
  // Also when the first text was sent: its button has made room for the field.
  useEffect(() => {
    if (answer && !('refused' in answer)) focusField()
  }, [answer, asked])

  const check = (event: FormEvent<HTMLFormElement>) => {
    const count = missingSigns(kind, String(new FormData(event.currentTarget).get('code')))
    setMissing(count > 0 ? words.missing.replace('{count}', String(count)) : undefined)
    if (count === 0) return
    event.preventDefault()
    focusField()
  }
  const error = missing ?? (answer && 'wrong' in answer ? answer.wrong : undefined)
  return (
    <>
      <Refusal refused={answer && 'refused' in answer ? answer.refused : undefined} label={words.reference} />
      <div className={`flex flex-wrap items-center gap-3 ${kind === 'text' && !asked ? 'mt-5' : ''}`}>
        {(kind === 'pass' || asked) && (
          <form action={submit} onSubmit={check} noValidate className="contents">
            <input type="hidden" name="do" value={kind} />
            <div className="mb-2 basis-full">
              <CodeField
                id={FIELD}
                length={kind === 'text' ? CODE_LENGTH.text : undefined}
                label={words.label}
                help={words.help}
                error={error}
              />
            </div>
            <SubmitButton busyLabel={words.busy}>{words.button}</SubmitButton>
          </form>
        )}
        {kind === 'text' && (
          <form action={submit} className="contents">
            <input type="hidden" name="do" value={asked ? 'resend' : 'send'} />
            <Send words={words} first={!asked} seconds={resendInSeconds} run={answer} />
          </form>
        )}
      </div>
      <p role="status" className="mt-3 text-ink-2 text-sm empty:hidden">
        {answer && 'sent' in answer && answer.sent}
      </p>
    </>
  )
}

/** Where no script runs it is simply a button, and the server answers. */
function Send({ words, first, seconds, run }: { words: CodeWords; first: boolean; seconds: number; run: unknown }) {
  const hydrated = useHydrated()
  const wait = useCountdown(seconds, run)
  const reason = hydrated && wait > 0 ? words.sendIn.replace('{seconds}', String(wait)) : undefined
  return (
    <>
      <span className="tabular-nums">
        <SubmitButton kind={first ? 'primary' : 'plain'} busyLabel={words.sending} disabledReason={reason}>
          {words.send}
        </SubmitButton>
      </span>
      {/* Said once, when the wait is over; the seconds themselves are not read out. */}
      <span role="status" className="sr-only">
        {!first && wait === 0 && words.maySend}
      </span>
    </>
  )
}
