'use client'
import { useState } from 'react'
import { answerOf, type Refused } from '#components/sso/answer.ts'
import { switchAppPasswordsAction } from '#lib/features/app-passwords/actions.ts'
import type { useAppPasswordList } from './use-list.ts'

type Change = ReturnType<typeof useAppPasswordList>['change']

/** The switch goes over at once, and back when the server refuses. */
export function useSwitch(stored: boolean, change: Change, onStepUp: () => void) {
  const [wanted, setWanted] = useState<boolean>()
  const [refused, setRefused] = useState<{ answer: Refused; on: boolean; attempt: number }>()
  const switchTo = async (on: boolean) => {
    setWanted(on)
    const answer = await answerOf(switchAppPasswordsAction({ on }))
    if (answer.ok) await change((list) => ({ ...list, on: answer.data.on }))
    setWanted(undefined)
    if (answer.ok) setRefused(undefined)
    else if (answer.code === 'step_up_required') onStepUp()
    else setRefused((before) => ({ answer, on, attempt: (before?.attempt ?? 0) + 1 }))
  }
  return { on: wanted ?? stored, switchTo, refused }
}
