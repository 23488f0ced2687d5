'use client'
import Ban from 'lucide-react/icons/ban'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Field, TextField } from '#components/ui/field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { toast } from '#components/ui/toast.tsx'
import { putSendersAction } from '#lib/features/sender-lists/actions.ts'
import type { PutResult, Verdict } from '#lib/features/sender-lists/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { SenderInput } from './sender-input.tsx'

export const ADD_FIELD = 'add-sender'
const EXPIRY_FIELD = 'add-sender-until'

/** One line, two verdicts. Enter blocks. */
export function AddForm({ onAdded }: { onAdded: () => Promise<void> }) {
  const t = useTranslations('sender-lists.add')
  const format = useFormat()
  const form = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState<Verdict>()
  const [limited, setLimited] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; verdict: Verdict; attempt: number }>()

  const put = async (verdict: Verdict) => {
    if (busy || !form.current) return
    const data = new FormData(form.current)
    const expiresOn = String(data.get('expiresOn') ?? '')
    setBusy(verdict)
    const answer = await answerOf(
      putSendersAction({ senders: [String(data.get('sender'))], verdict, ...(expiresOn === '' ? {} : { expiresOn }) }),
    )
    if (answer.ok) {
      await onAdded()
      form.current.reset()
      setLimited(false)
      setRefused(undefined)
      toast({ text: t('done', wordsOf(answer.data, verdict)) })
    } else setRefused((before) => ({ answer, verdict, attempt: (before?.attempt ?? 0) + 1 }))
    setBusy(undefined)
    document.getElementById(ADD_FIELD)?.focus()
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void put('block')
  }
  const wrong = (field: string) => refused?.answer.fields?.some((name) => name === field || name.startsWith(`${field}.`))
  const errors = { sender: senderError(t, refused?.answer, wrong('senders')), day: wrong('expiresOn') ? t('dayError') : undefined }
  const today = format.date(new Date())
  return (
    <form ref={form} onSubmit={submit} noValidate className="max-w-160">
      {refused && !errors.sender && !errors.day && (
        <Refusal key={refused.attempt} title={t('failed', { verdict: refused.verdict })} refusal={refused.answer} />
      )}
      <Field id={ADD_FIELD} label={t('label')} help={t('help')} error={errors.sender} className="">
        {(control) => (
          <div className="flex gap-2 max-md:flex-wrap">
            <SenderInput {...control} />
            <Button type="submit" kind="primary" busy={busy === 'block'} busyLabel={t('blocking')}>
              <Ban />
              {t('block')}
            </Button>
            <Button busy={busy === 'allow'} busyLabel={t('allowing')} onClick={() => void put('allow')}>
              <UserRoundCheck />
              {t('allow')}
            </Button>
          </div>
        )}
      </Field>
      {limited ? (
        <TextField
          id={EXPIRY_FIELD}
          className="mt-3 max-w-56"
          type="date"
          name="expiresOn"
          label={t('lastDay')}
          help={t('lastDayHelp')}
          error={errors.day}
          min={today}
          autoFocus
        />
      ) : (
        <p className="-ml-2 mt-1">
          <Button kind="quiet" size="sm" onClick={() => setLimited(true)}>
            {t('limit')}
          </Button>
        </p>
      )}
    </form>
  )
}

function wordsOf({ put: [sender = ''], turned }: PutResult, verdict: Verdict) {
  return { sender, verdict, turned: String(turned.length > 0) }
}

/** What the field itself can say; the rest stands above the form. */
function senderError(t: ReturnType<typeof useTranslations<'sender-lists.add'>>, answer: Refused | undefined, wrong: boolean | undefined) {
  if (!answer || !wrong) return undefined
  if (answer.code === 'invalid_input') return t('senderError')
  if (answer.code === 'sender_is_self' || answer.code === 'sender_own_domain' || answer.code === 'sender_notices') return t(answer.code)
  return undefined
}
