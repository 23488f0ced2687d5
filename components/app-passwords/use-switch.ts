'use client'
import { useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { switchAppPasswordsAction } from '#lib/features/app-passwords/actions.ts'
import type { useAppPasswordList } from './use-list.ts'

type Change = ReturnType<typeof useAppPasswordList>['change']

/** The switch moves at once; "on" and "off" are said when the server has said so. */
export function useSwitch(change: Change, onStepUp: () => void) {
  const behalf = useBehalf()
  const [switching, setSwitching] = useState<'on' | 'off'>()
  const [refused, setRefused] = useState<{ answer: Refused; on: boolean; attempt: number }>()
  /** Staff suspend them and never switch them on. */
  const suspend = async ({ account: mailbox, perform }: NonNullable<typeof behalf>) => {
    const done = await perform('app-passwords.switch', {}, (warrant, key) => switchAppPasswordsAction({ mailbox, on: false }, key, warrant))
    if (done) await change((list) => ({ ...list, on: done.on }))
  }
  const switchTo = async (on: boolean) => {
    if (switching) return
    if (behalf) return suspend(behalf)
    setSwitching(on ? 'on' : 'off')
    const answer = await answerOf(switchAppPasswordsAction({ on }))
    if (answer.ok) await change((list) => ({ ...list, on: answer.data.on }))
    setSwitching(undefined)
    if (answer.ok) setRefused(undefined)
    else if (answer.code === 'step_up_required') onStepUp()
    else setRefused((before) => ({ answer, on, attempt: (before?.attempt ?? 0) + 1 }))
  }
  return { switching, switchTo, refused }
}
