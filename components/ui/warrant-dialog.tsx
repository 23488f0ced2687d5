'use client'
import { lazy, type ReactNode, Suspense, useContext, useState } from 'react'
import type { HelpdeskAct } from '#lib/platform/notices/kinds.ts'
import type { Result } from '#lib/platform/operation.ts'
import type { Warrant } from '#lib/platform/staff.ts'
import { answerOf, type Refused } from './answer.ts'
import { type Call, keepWarrant } from './call.ts'
import { OpenDialogs } from './open-dialogs.ts'

const Panel = lazy(() => import('./warrant-dialog-panel.tsx'))
const StepUp = lazy(() => import('./step-up.tsx'))

export interface WarrantWords {
  title: ReactNode
  /** The usual reasons; another can always be written. The owner reads the one that was chosen. */
  reasons: string[]
  confirm: ReactNode
  busyLabel: ReactNode
  /** What was not done. */
  failed: string
  /** What will happen. */
  children?: ReactNode
  danger?: boolean
}

interface Props<T> extends WarrantWords {
  call: Call
  /** By which name the owner is told of it. */
  operation: HelpdeskAct
  /** For an act that asks for a fresh sign-in (T18). `returnTo` opens this dialog again. */
  stepUp?: { fresh: () => boolean; help: ReactNode; returnTo: string }
  /** The action, with what was given; the key is the same for every try. */
  act: (warrant: Warrant, idempotencyKey: string) => Promise<Result<T>>
  onDone: (data: T) => void
  onClose: () => void
}

/** Asks why, and under which ticket, before staff change something of somebody else's, and shows what the owner will read. */
export function WarrantDialog<T>({ stepUp, act, onDone, ...rest }: Props<T>) {
  const page = useContext(OpenDialogs)
  const [key] = useState(() => crypto.randomUUID())
  const [confirming, setConfirming] = useState(() => stepUp !== undefined && !stepUp.fresh())
  const send = async (warrant: Warrant): Promise<Refused | null> => {
    const answer = await answerOf(act(warrant, key))
    if (answer.ok) {
      keepWarrant(rest.call, { reason: '', ticket: warrant.ticket })
      onDone(answer.data)
      return null
    }
    if (answer.code === 'step_up_required' && stepUp) {
      keepWarrant(rest.call, warrant)
      setConfirming(true)
    }
    // The hour is over, or the call was ended in another tab: the page is masked again, and once this is closed says how to go on.
    if (answer.code === 'caller_not_verified') page?.over()
    return answer
  }
  return (
    <Suspense>
      {stepUp && confirming ? (
        <StepUp help={stepUp.help} returnTo={stepUp.returnTo} onClose={rest.onClose} />
      ) : (
        <Panel {...rest} send={send} />
      )}
    </Suspense>
  )
}
