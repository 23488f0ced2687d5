'use client'
import { useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { verifyCallerAction } from '#lib/features/helpdesk/actions.ts'

export interface VerifyProps {
  account: string
  onVerified: () => void
  onBack: () => void
}

/** Asks the server; what was refused takes its place above the form. */
export function useVerify({ account, onVerified }: Pick<VerifyProps, 'account' | 'onVerified'>) {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const verify = async (how: object): Promise<void> => {
    if (busy) return
    setBusy(true)
    const answer = await answerOf(verifyCallerAction({ mailbox: account, ...how }))
    setBusy(false)
    if (answer.ok) return onVerified()
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }
  return { verify, busy, refused, forget: () => setRefused(undefined) }
}
