'use client'
import { useState } from 'react'
import type { Result } from '#lib/platform/operation.ts'
import { answerOf, type Refused } from './answer.ts'

/** An act under way, and why the last one was refused: `attempt` tells one refusal from the next. */
export function useAct() {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused & { attempt: number }>()
  const [asksIdentity, setAsksIdentity] = useState(false)

  /** The data, or undefined: it was refused, asks for a fresh sign-in (T18), or another one is under way. */
  const act = async <T>(call: () => Promise<Result<T>>): Promise<T | undefined> => {
    if (busy) return undefined
    setBusy(true)
    const answer = await answerOf(call())
    setBusy(false)
    if (answer.ok) {
      setRefused(undefined)
      return answer.data
    }
    if (answer.code === 'step_up_required') setAsksIdentity(true)
    else setRefused((before) => ({ ...answer, attempt: (before?.attempt ?? 0) + 1 }))
    return undefined
  }
  return { busy, refused, asksIdentity, act, askIdentity: setAsksIdentity, forget: () => setRefused(undefined) }
}
