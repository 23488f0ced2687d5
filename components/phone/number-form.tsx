'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { ConfirmIdentity } from '#components/ui/confirm-identity.tsx'
import { TextField } from '#components/ui/field.tsx'
import { startBindingAction } from '#lib/features/phone/actions.ts'
import type { Flow } from '#lib/features/phone/schema.ts'
import type { ErrorCode } from '#lib/platform/errors.ts'
import { ActionError } from './action-error.tsx'
import { numberDraft } from './number-draft.ts'
import { attempt, type Failure } from './outcome.ts'

interface Props {
  /** The number that is bound now, masked: then this is a change. */
  bound: string | null
  /** For how long a change cools off. */
  coolingHours: number
  /** The country whose numbers need no prefix, in words. */
  country: string
  number: string
  /** Why the person is here again. */
  failure?: Failure
  /** The person came here by a step of this page, so the field takes the focus. */
  arrived: boolean
  onNumber: (number: string) => void
  /** The change is not wanted any more. */
  onKeep: () => void
  onSent: (flow: Flow) => void
}

export function NumberForm({ bound, coolingHours, country, number, failure: before, arrived, onNumber, onKeep, onSent }: Props) {
  const t = useTranslations('phone')
  const errors = useTranslations('errors')
  const [failure, setFailure] = useState(before)
  const [pending, start] = useTransition()
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const kept = numberDraft.take()
    if (kept) onNumber(kept)
    if (arrived && !before) field.current?.focus()
  }, [arrived, before, onNumber])

  const aboutNumber = failure && isAboutNumber(failure) ? failure : undefined
  useEffect(() => {
    if (aboutNumber) field.current?.focus()
  }, [aboutNumber])

  const send = (event: FormEvent) => {
    event.preventDefault()
    start(async () => {
      const result = await attempt(startBindingAction({ number }))
      start(() => {
        if (result.ok) return onSent(result.data)
        if (result.code === 'step_up_required') numberDraft.keep(number)
        setFailure(result.code === 'code_exhausted' ? { ...result, code: 'guessed' } : result)
      })
    })
  }

  if (failure?.code === 'step_up_required')
    return (
      <ConfirmIdentity returnTo={bound ? '/phone?change=1' : '/phone'} onBack={() => setFailure(undefined)}>
        {t('confirm')}
      </ConfirmIdentity>
    )
  const notDone = failure === before ? t(bound ? 'failed.change' : 'failed.bind') : t('failed.send')
  return (
    <form onSubmit={send} noValidate className="max-w-100 [&>:first-child]:mt-0">
      {failure && !aboutNumber && <ActionError key={failure.id} title={notDone} failure={failure} />}
      {bound && (
        <>
          <p className="mb-4 text-ink-2">{t('number.both', { masked: bound })}</p>
          <Banner kind="wait" title={t('protection.title', { hours: coolingHours })}>
            {t('protection.text')}
          </Banner>
        </>
      )}
      <TextField
        ref={field}
        type="tel"
        name="number"
        autoComplete="tel"
        label={t(bound ? 'number.newLabel' : 'number.label')}
        help={t('number.help', { country })}
        error={aboutNumber && errors(aboutNumber.code === 'invalid_input' ? 'phone_invalid' : aboutNumber.code)}
        value={number}
        onChange={(event) => onNumber(event.currentTarget.value)}
      />
      <div className="mt-5 flex flex-wrap gap-3">
        <Button type="submit" kind="primary" busy={pending} busyLabel={t('number.sending')}>
          {t(bound ? 'number.sendBoth' : 'number.send')}
        </Button>
        {bound && <Button onClick={onKeep}>{t('number.keep')}</Button>}
      </div>
    </form>
  )
}

type AboutNumber = Failure & { code: ErrorCode }
const isAboutNumber = (failure: Failure): failure is AboutNumber => failure.fields?.includes('number') === true
