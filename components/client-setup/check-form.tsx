'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { PasswordField } from '#components/ui/password-field.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { checkAppPasswordAction } from '#lib/features/client-setup/actions.ts'
import type { CheckedAppPassword } from '#lib/features/client-setup/schema.ts'
import { Verdict } from './verdict.tsx'

type Outcome = { attempt: number } & ({ checked: CheckedAppPassword; reference: string } | { refused: Refused })

/** The field alone holds the app password, and is emptied when it has been tried. */
export function CheckForm() {
  const t = useTranslations('client-setup.check')
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const [outcome, setOutcome] = useState<Outcome>()

  const check = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const secret = String(new FormData(form).get('secret') ?? '')
    if (busy) return
    if (secret.trim() === '') {
      setWrong(t('missing'))
      return document.getElementById(id)?.focus()
    }
    setBusy(true)
    const answer = await answerOf(checkAppPasswordAction({ secret }))
    setBusy(false)
    if (answer.ok) form.reset()
    setOutcome((before) => ({
      attempt: (before?.attempt ?? 0) + 1,
      ...(answer.ok ? { checked: answer.data, reference: answer.reference } : { refused: answer }),
    }))
  }

  return (
    <div className="max-w-measure">
      <p className="mt-3 text-ink-2">{t('text')}</p>
      <form onSubmit={check} noValidate className="max-w-100">
        <PasswordField
          id={id}
          name="secret"
          label={t('secret')}
          autoComplete="off"
          maxLength={200}
          eye={{ show: t('show'), hide: t('hide') }}
          error={wrong}
          onInput={() => setWrong(undefined)}
        />
        <div className="mt-4">
          <Button type="submit" busy={busy} busyLabel={t('busy')}>
            {t('button')}
          </Button>
        </div>
      </form>
      {outcome && (
        <div key={outcome.attempt} className="mt-5">
          {'checked' in outcome ? (
            <Verdict checked={outcome.checked} reference={outcome.reference} />
          ) : (
            <Refusal title={t('failed')} refusal={outcome.refused}>
              {outcome.refused.code === 'rate_limited' && t('again')}
            </Refusal>
          )}
        </div>
      )}
    </div>
  )
}
