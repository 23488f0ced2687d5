'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { useBehalf } from '#components/ui/on-behalf.tsx'
import { startRestoreAction } from '#lib/features/restore/actions.ts'

/** Starts a restore, once however often it is pressed. */
export function useStart({ onStarted, onStepUp }: { onStarted: (id: string) => void; onStepUp: () => void }) {
  const client = useQueryClient()
  const behalf = useBehalf()
  const [starting, setStarting] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  // Kept while the outcome is unknown: asked again, the same thing is not done twice.
  const key = useRef<string | null>(null)
  const start = async (what: Record<string, unknown>) => {
    if (starting) return
    setStarting(true)
    key.current ??= crypto.randomUUID()
    const answer = await answerOf(startRestoreAction(what, key.current))
    setStarting(false)
    if (answer.ok || answer.code !== 'no_answer') key.current = null
    if (answer.ok) {
      setRefused(undefined)
      onStarted(answer.data.id)
    } else if (answer.code === 'step_up_required') onStepUp()
    else setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
    void client.invalidateQueries({ queryKey: ['restore', 'list'] })
    void client.invalidateQueries({ queryKey: ['restore', 'count'] })
  }
  /** Staff say why; the dialog that asks knows of the step-up and of refusals. */
  const startForOwner = async ({ account: mailbox, perform }: NonNullable<typeof behalf>, what: Record<string, unknown>, count: number) => {
    const started = await perform('restore.start', { count }, (warrant, key) => startRestoreAction({ ...what, mailbox }, key, warrant))
    if (started) onStarted(started.id)
  }
  return {
    start: (what: Record<string, unknown>, count: number) => (behalf ? startForOwner(behalf, what, count) : start(what)),
    starting,
    refused,
  }
}
