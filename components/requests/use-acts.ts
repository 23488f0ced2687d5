'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { commentRequestAction, decideRequestAction, giveBackRequestAction, takeRequestAction } from '#lib/features/requests/actions.ts'
import type { Approval, Decided, Decision } from '#lib/features/requests/schema.ts'
import type { Opened } from './place.ts'

export type Act = 'take' | 'giveBack' | 'comment' | Decision

function perform(act: Act, { id, account: mailbox }: Opened, words: string, seen: Approval | undefined, key: string) {
  if (act === 'take') return answerOf(takeRequestAction({ mailbox, id }, key))
  if (act === 'giveBack') return answerOf(giveBackRequestAction({ mailbox, id }, key))
  if (act === 'comment') return answerOf(commentRequestAction({ mailbox, id, words }, key))
  return answerOf(decideRequestAction({ mailbox, id, decision: act, words, seen }, key))
}

/** Does one thing at a time, once however often it is pressed, and then reads what is true now. */
export function useActs(opened: Opened, onDone: (act: Act, decided: Partial<Decided>) => void) {
  const client = useQueryClient()
  const [busy, setBusy] = useState<Act>()
  const [refused, setRefused] = useState<{ act: Act; answer: Refused; attempt: number }>()
  // Kept while the outcome is unknown: asked again, the same thing is not done twice.
  const last = useRef({ what: '', key: '' })
  const act = async (what: Act, words = '', seen?: Approval): Promise<boolean> => {
    if (busy) return false
    setBusy(what)
    const same = `${what} ${words}`
    if (last.current.what !== same) last.current = { what: same, key: crypto.randomUUID() }
    const answer = await perform(what, opened, words, seen, last.current.key)
    setBusy(undefined)
    if (answer.ok || answer.code !== 'no_answer') last.current = { what: '', key: '' }
    void client.invalidateQueries({ queryKey: ['requests', 'list'] })
    void client.invalidateQueries({ queryKey: ['requests', 'one', opened.id] })
    if (!answer.ok) {
      setRefused((before) => ({ act: what, answer, attempt: (before?.attempt ?? 0) + 1 }))
      return false
    }
    setRefused(undefined)
    onDone(what, answer.data)
    return true
  }
  return { act, busy, refused, forget: () => setRefused(undefined) }
}

export type Acts = ReturnType<typeof useActs>
