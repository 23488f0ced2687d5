'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import type { AppPassword, AppPasswordList, CreatedAppPassword } from '#lib/features/app-passwords/schema.ts'
import { type Draft, keepDraft } from './draft.ts'

/** Fetched when the pointer or the focus comes near, so that the dialog opens at once. */
export const loadForm = () => import('./generate-form.tsx')
const GenerateForm = lazy(loadForm)
const SecretShown = lazy(() => import('./secret-shown.tsx'))
const StepUp = lazy(() => import('#components/ui/step-up.tsx'))
const SwitchOn = lazy(() => import('./switch-on.tsx'))
const Revoke = lazy(() => import('./revoke.tsx'))

/** What a fresh sign-in is for; the page opens it again after that. */
export type StepUpFor = 'generate' | 'switchOn'

/** The one dialog that is open. */
export type Open =
  | { kind: 'stepUp'; wanted: StepUpFor }
  | { kind: 'form'; draft: Draft }
  | { kind: 'secret'; created: CreatedAppPassword }
  | { kind: 'switchOn' }
  | { kind: 'revoke'; which: AppPassword | 'all' }

interface Props {
  open: Open
  list: AppPasswordList
  from: 'client-setup' | null
  onOpen: (open: Open) => void
  onSwitchOn: () => Promise<void>
  onRevoked: (which: AppPassword | 'all') => void
  onClose: () => void
}

export function Dialogs({ open, list, from, onOpen, onSwitchOn, onRevoked, onClose }: Props) {
  const t = useTranslations('app-passwords.stepUp')
  const stepUp = (draft: Draft) => {
    keepDraft(draft)
    onOpen({ kind: 'stepUp', wanted: 'generate' })
  }
  return (
    <Suspense>
      {open.kind === 'stepUp' && (
        <StepUp help={t(open.wanted)} returnTo={`/app-passwords?do=${open.wanted}${from ? `&from=${from}` : ''}`} onClose={onClose} />
      )}
      {open.kind === 'form' && (
        <GenerateForm
          draft={open.draft}
          phone={list.phone?.masked ?? ''}
          mostDays={list.mostDays}
          onCreated={(created) => onOpen({ kind: 'secret', created })}
          onStepUp={stepUp}
          onClose={onClose}
        />
      )}
      {open.kind === 'secret' && <SecretShown created={open.created} onClose={onClose} />}
      {open.kind === 'switchOn' && <SwitchOn suspended={list.active} onSwitchOn={onSwitchOn} onClose={onClose} />}
      {open.kind === 'revoke' && (
        <Revoke which={open.which} count={list.items.length} onRevoked={() => onRevoked(open.which)} onClose={onClose} />
      )}
    </Suspense>
  )
}
