'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { toast } from '#components/ui/toast.tsx'
import { putSendersAction, removeSendersAction } from '#lib/features/sender-lists/actions.ts'
import type { Removed, SenderRule, Verdict } from '#lib/features/sender-lists/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

export interface Refusal {
  title: string
  answer: Refused
  attempt: number
}

/** Takes senders off the lists and, within ten seconds, puts them back as they were. */
export function useChange(refresh: () => Promise<void>) {
  const t = useTranslations('sender-lists')
  const { date } = useFormat()
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const [refusal, setRefusal] = useState<Refusal>()
  const refuse = (title: string, answer: Refused) => setRefusal((before) => ({ title, answer, attempt: (before?.attempt ?? 0) + 1 }))

  const putBack = async (removed: Removed['removed']) => {
    for (const { verdict, expiresOn, senders } of alike(removed, date)) {
      const answer = await answerOf(putSendersAction({ senders, verdict, expiresOn }))
      if (!answer.ok) refuse(t('list.notPutBack'), answer)
    }
    await refresh()
  }

  const remove = async (rules: SenderRule[]) => {
    const senders = rules.map(({ sender }) => sender)
    setBusy(new Set(senders))
    const answer = await answerOf(removeSendersAction({ senders }))
    if (answer.ok) {
      setRefusal(undefined)
      const { removed } = answer.data
      const [first] = removed
      const text = t('list.removed', { count: removed.length, sender: first?.sender ?? '' })
      toast({ text, undo: { label: t('undo'), onUndo: () => void putBack(removed) } })
    }
    // Somebody else was quicker: gone is gone.
    if (answer.ok || answer.code === 'not_found') await refresh()
    else refuse(t('list.notRemoved', { count: senders.length, sender: senders[0] ?? '' }), answer)
    setBusy(new Set())
    return answer.ok || answer.code === 'not_found'
  }

  return { busy, refusal, remove }
}

interface Alike {
  verdict: Verdict
  expiresOn?: string
  senders: string[]
}

/** One call puts what has one verdict and one last day. */
function alike(removed: Removed['removed'], date: (value: Date) => string): Alike[] {
  const groups = new Map<string, Alike>()
  for (const { sender, verdict, expiresAt } of removed) {
    const expiresOn = expiresAt ? date(expiresAt) : undefined
    const key = `${verdict} ${expiresOn}`
    groups.set(key, { verdict, expiresOn, senders: [...(groups.get(key)?.senders ?? []), sender] })
  }
  return [...groups.values()]
}
