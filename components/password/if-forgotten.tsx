'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useEffect, useState } from 'react'
import { AlertDialog } from '#components/ui/alert-dialog.tsx'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Section } from '#components/ui/section.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import { makeRecoveryCodesAction } from '#lib/features/password/actions.ts'
import type { PasswordState, RecoveryCodes } from '#lib/features/password/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

const StepUp = lazy(() => import('#components/ui/step-up.tsx'))
const CodesShown = lazy(() => import('./codes-shown.tsx'))

const MAKE = 'make-recovery-codes'

interface Props {
  state: PasswordState
  isFresh: () => boolean
  /** The person comes back from the identity provider, to make codes. */
  wanted: boolean
  /** There are new codes. */
  onMade: () => void
}

type Open = 'confirm' | 'replace' | { codes: RecoveryCodes }

/** What a reset will need when the password is gone, as long as something can be done about it. */
export function IfForgotten({ state: { rules, recoveryCodes, resetByPhone }, isFresh, wanted, onMade }: Props) {
  const t = useTranslations('password.forgotten')
  const format = useFormat()
  const focusOn = useFocusOn()
  const [open, setOpen] = useState<Open | null>(null)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()

  const make = async () => {
    setBusy(true)
    const answer = await answerOf(makeRecoveryCodesAction({}))
    setBusy(false)
    if (answer.ok) {
      setRefused(undefined)
      return setOpen({ codes: answer.data })
    }
    if (answer.code === 'step_up_required') return setOpen('confirm')
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }
  const ask = () => {
    if (busy) return
    if (!isFresh()) return setOpen('confirm')
    return recoveryCodes ? setOpen('replace') : make()
  }
  const close = () => {
    if (typeof open === 'object') onMade()
    setOpen(null)
    focusOn(MAKE)
  }
  useEffect(() => {
    if (!wanted) return
    window.history.replaceState(null, '', window.location.pathname)
    if (recoveryCodes) ask()
    focusOn(MAKE)
  }, [])

  const refusal = refused && <Refusal key={refused.attempt} title={t('failed')} refusal={refused.answer} />
  return (
    <Section title={t('title')}>
      <p className="mt-3 mb-2 max-w-measure text-ink-2">{t('text')}</p>
      {open === null && refusal && <div className="my-4 max-w-120">{refusal}</div>}
      <Facts>
        <Fact label={t('phone')} action={<PhoneLink resetByPhone={resetByPhone} />}>
          {t(`by.${resetByPhone}`)}
        </Fact>
        <Fact
          label={t('codes')}
          action={
            <span className="-my-1 -mr-2">
              <Button id={MAKE} kind="quiet" size="sm" busy={busy} busyLabel={t('making')} onClick={ask}>
                {t(recoveryCodes ? 'makeNew' : 'make')}
              </Button>
            </span>
          }
        >
          {recoveryCodes
            ? t('left', { left: recoveryCodes.left, made: recoveryCodes.made, day: format.day(recoveryCodes.madeAt) })
            : t('none')}
        </Fact>
        <Fact label={t('helpdesk')}>{t('helpdeskText')}</Fact>
      </Facts>
      <AlertDialog
        open={open === 'replace'}
        onOpenChange={close}
        title={t('replace.title')}
        description={t('replace.text', { left: recoveryCodes?.left ?? 0 })}
        confirm={t('replace.confirm')}
        busy={busy}
        busyLabel={t('making')}
        onConfirm={make}
        error={refusal}
      />
      {open !== null && open !== 'replace' && (
        <Suspense>
          {open === 'confirm' ? (
            <StepUp help={t('confirm')} returnTo="/password?do=codes" onClose={close} />
          ) : (
            <CodesShown made={open.codes} address={rules.person.address} onClose={close} />
          )}
        </Suspense>
      )}
    </Section>
  )
}

function PhoneLink({ resetByPhone }: Pick<PasswordState, 'resetByPhone'>) {
  const t = useTranslations('password.forgotten')
  if (resetByPhone === 'staff') return null
  return <TextLink href="/phone">{t(resetByPhone === 'no_phone' ? 'bind' : 'look')}</TextLink>
}
