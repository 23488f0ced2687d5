'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useId, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CodeField } from '#components/ui/code-field.tsx'
import { ConfirmIdentity } from '#components/ui/confirm-identity.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useCountdown } from '#components/ui/use-countdown.ts'
import { confirmBindingAction, resendCodesAction } from '#lib/features/phone/actions.ts'
import type { Flow } from '#lib/features/phone/schema.ts'
import { ActionError } from './action-error.tsx'
import { attempt, type Failure, failure } from './outcome.ts'

const LENGTH = 6
type FieldName = 'code' | 'oldCode'
type Attempted = 'send' | Flow['kind']

interface Props {
  flow: Flow
  /** The person came here by a step of this page, so the first field takes the focus. */
  arrived: boolean
  onResent: (flow: Flow) => void
  /** These codes are of no use any more, or another number is wanted. */
  onOver: (failure?: Failure) => void
  onBound: (masked: string, reference: string) => void
}

export function CodeForm({ flow, arrived, onResent, onOver, onBound }: Props) {
  const t = useTranslations('phone')
  const id = useId()
  const [wrong, setWrong] = useState<Partial<Record<FieldName, string>>>({})
  const [refused, setRefused] = useState<{ what: Attempted; why: Failure }>()
  const [confirming, startConfirming] = useTransition()
  const [resending, startResending] = useTransition()
  const validFor = useCountdown(flow.expiresInSeconds, flow)
  const fields: FieldName[] = flow.kind === 'change' ? ['code', 'oldCode'] : ['code']
  const fieldId = (name: FieldName) => `${id}-${name}`
  const first = fieldId('code')

  useEffect(() => {
    if (arrived) document.getElementById(first)?.focus()
  }, [arrived, first])
  useEffect(() => {
    if (validFor === 0) onOver(failure({ code: 'code_expired', reference: '' }))
  }, [validFor, onOver])
  const toFix = fields.find((name) => wrong[name])
  const toFixId = toFix && fieldId(toFix)
  useEffect(() => {
    const field = toFixId && wrong && document.getElementById(toFixId)
    if (!(field instanceof HTMLInputElement)) return
    field.focus()
    field.select()
  }, [toFixId, wrong])

  const mark = (found: Partial<Record<FieldName, string>>) => {
    setWrong(found)
    setRefused(undefined)
  }
  const refuse = (what: Attempted, why: Failure) => {
    if (why.code === 'code_expired' || why.code === 'code_exhausted') return onOver(why)
    const left = Number(why.values?.left)
    if (why.code !== 'code_wrong') return setRefused({ what, why })
    if (left < 1) return onOver({ ...why, code: 'code_exhausted' })
    mark(Object.fromEntries((why.fields ?? []).map((field) => [field, t('code.wrong', { left })])))
  }

  const confirm = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const codes = Object.fromEntries(fields.map((name) => [name, String(form.get(name))]))
    const short = fields.filter((name) => (codes[name] ?? '').length < LENGTH)
    if (short.length > 0)
      return mark(Object.fromEntries(short.map((name) => [name, t('code.missing', { count: LENGTH - (codes[name] ?? '').length })])))
    startConfirming(async () => {
      const result = await attempt(confirmBindingAction({ flow: flow.id, ...codes }))
      startConfirming(() => (result.ok ? onBound(result.data.masked, result.reference) : refuse(flow.kind, result)))
    })
  }
  const resend = () =>
    startResending(async () => {
      const result = await attempt(resendCodesAction({ flow: flow.id }))
      startResending(() => {
        if (!result.ok) return refuse('send', result)
        mark({})
        onResent(result.data)
        toast({ text: t('code.resent') })
      })
    })

  if (refused?.why.code === 'step_up_required')
    return (
      <ConfirmIdentity returnTo="/phone" onBack={() => setRefused(undefined)}>
        {t('confirm')}
      </ConfirmIdentity>
    )
  const words = {
    code: { label: t(flow.kind === 'change' ? 'code.newLabel' : 'code.label'), masked: flow.masked },
    oldCode: { label: t('code.oldLabel'), masked: flow.oldMasked ?? '' },
  }
  return (
    <form onSubmit={confirm} noValidate className="max-w-100 [&>:first-child]:mt-0">
      {refused && <ActionError key={refused.why.id} title={t(`failed.${refused.what}`)} failure={refused.why} />}
      {fields.map((name) => (
        <CodeField
          key={name}
          id={fieldId(name)}
          name={name}
          length={LENGTH}
          label={words[name].label}
          help={t('code.sentTo', { masked: words[name].masked })}
          error={wrong[name]}
        />
      ))}
      <p className="mt-2 text-ink-2 text-sm tabular-nums">{t('code.validFor', { time: clock(validFor) })}</p>
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <Button type="submit" kind="primary" busy={confirming} busyLabel={t(flow.kind === 'change' ? 'code.changing' : 'code.binding')}>
          {t(`code.${flow.kind}`)}
        </Button>
        <Resend flow={flow} busy={resending} onResend={resend} />
      </div>
      <p className="mt-3 -ml-2">
        <Button kind="quiet" onClick={() => onOver()}>
          {t('code.other')}
        </Button>
      </p>
    </form>
  )
}

function Resend({ flow, busy, onResend }: { flow: Flow; busy: boolean; onResend: () => void }) {
  const t = useTranslations('phone.code')
  const wait = useCountdown(flow.resendInSeconds, flow)
  return (
    <>
      <span className="tabular-nums">
        <Button
          busy={busy}
          busyLabel={t('resending')}
          disabledReason={wait > 0 ? t('resendIn', { seconds: wait }) : undefined}
          onClick={onResend}
        >
          {t('resend')}
        </Button>
      </span>
      {/* Said once, when the wait is over; the seconds themselves are not read out. */}
      <span role="status" className="sr-only">
        {wait === 0 && t('mayResend')}
      </span>
    </>
  )
}

/** 4:05 */
const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
