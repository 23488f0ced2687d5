'use client'
import { useState } from 'react'
import type { Result } from '#lib/platform/operation.ts'
import { answerOf, type Refused } from './answer.ts'

/** `attempt` tells one refusal from the next. */
export type RefusedAct = Refused & { attempt: number }

/** An act under way, and why the last one was refused. `onStepUp`: it asks for a fresh sign-in first (T18). */
export function useAct(onStepUp?: () => void) {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusedAct>()

  /** The data, or undefined: it was refused, or another one is under way. `stepUp` where only this act knows what to keep for later. */
  const act = async <T>(call: () => Promise<Result<T>>, stepUp = onStepUp): Promise<T | undefined> => {
    if (busy) return undefined
    setBusy(true)
    const answer = await answerOf(call())
    setBusy(false)
    if (answer.ok) {
      setRefused(undefined)
      return answer.data
    }
    if (answer.code === 'step_up_required' && stepUp) stepUp()
    else setRefused((before) => ({ ...answer, attempt: (before?.attempt ?? 0) + 1 }))
    return undefined
  }
  return { busy, refused, act }
}
