'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { toast } from '#components/ui/toast.tsx'
import type { Webhook } from '#lib/features/webhooks/schema.ts'
import type { Asked } from './ask.tsx'
import { type Draft, keepDraft } from './draft.ts'
import { hostOf } from './host.ts'

/** Fetched when the pointer or the focus comes near, so that the dialog opens at once. */
export const loadForm = () => import('./add-form.tsx')
const AddForm = lazy(loadForm)
const SecretShown = lazy(() => import('./secret-shown.tsx'))
const ChangeForm = lazy(() => import('./change-form.tsx'))
const Deliveries = lazy(() => import('./deliveries.tsx'))
const Ask = lazy(() => import('./ask.tsx'))
const StepUp = lazy(() => import('#components/ui/step-up.tsx'))

/** What asks for a recent sign-in. */
export type Wanted = { kind: 'create' } | { kind: 'events' | Asked; id: string }

/** The one dialog that is open. */
export type Open =
  | { kind: 'stepUp'; wanted: Wanted['kind']; webhook?: Webhook }
  | { kind: 'add'; draft: Draft }
  | { kind: 'secret'; host: string; secret: string; renewed: boolean }
  | { kind: 'events'; webhook: Webhook; chosen?: string[] }
  | { kind: 'deliveries' | Asked; webhook: Webhook }

const isAsked = (open: Open): open is Open & { kind: Asked } => ['rotate', 'on', 'off', 'remove'].includes(open.kind)

interface Props {
  open: Open
  onOpen: (open: Open) => void
  onClose: () => void
}

export function Dialogs({ open, onOpen, onClose }: Props) {
  const t = useTranslations('webhooks')
  return (
    <Suspense>
      {open.kind === 'stepUp' && (
        <StepUp
          help={t(`stepUp.${open.wanted}`)}
          returnTo={`/desk/webhooks?do=${open.wanted}${open.webhook ? `&id=${open.webhook.id}` : ''}`}
          onClose={onClose}
        />
      )}
      {open.kind === 'add' && (
        <AddForm
          draft={open.draft}
          onAdded={({ secret }, url) => onOpen({ kind: 'secret', host: hostOf({ url }), secret, renewed: false })}
          onStepUp={(draft) => {
            keepDraft(draft)
            onOpen({ kind: 'stepUp', wanted: 'create' })
          }}
          onClose={onClose}
        />
      )}
      {open.kind === 'secret' && <SecretShown host={open.host} secret={open.secret} renewed={open.renewed} onClose={onClose} />}
      {open.kind === 'events' && (
        <ChangeForm
          webhook={open.webhook}
          chosen={open.chosen}
          onChanged={onClose}
          onStepUp={(events) => {
            keepDraft({ url: open.webhook.url, events })
            onOpen({ kind: 'stepUp', wanted: 'events', webhook: open.webhook })
          }}
          onClose={onClose}
        />
      )}
      {open.kind === 'deliveries' && <Deliveries webhook={open.webhook} onClose={onClose} />}
      {isAsked(open) && (
        <Ask
          act={open.kind}
          webhook={open.webhook}
          onDone={() => {
            if (open.kind !== 'rotate') toast({ text: t(`done.${open.kind}`, { host: hostOf(open.webhook) }) })
            onClose()
          }}
          onRotated={(secret) => onOpen({ kind: 'secret', host: hostOf(open.webhook), secret, renewed: true })}
          onStepUp={() => onOpen({ kind: 'stepUp', wanted: open.kind, webhook: open.webhook })}
          onClose={onClose}
        />
      )}
    </Suspense>
  )
}
