'use client'
import PhoneOff from 'lucide-react/icons/phone-off'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { endCallAction } from '#lib/features/helpdesk/actions.ts'

/** Ends the verification, and with it the page. */
export function EndCall({ account }: { account: string }) {
  const t = useTranslations('helpdesk.account')
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const end = async () => {
    setBusy(true)
    const answer = await answerOf(endCallAction({ mailbox: account }))
    if (answer.ok) return router.push('/desk/helpdesk')
    setBusy(false)
    setRefused((before) => ({ answer, attempt: (before?.attempt ?? 0) + 1 }))
  }
  return (
    <div>
      <Button busy={busy} busyLabel={t('ending')} onClick={() => void end()}>
        <PhoneOff />
        {t('endCall')}
      </Button>
      {refused && (
        <div className="mt-3">
          <Refusal key={refused.attempt} title={t('notEnded')} refusal={refused.answer} />
        </div>
      )}
    </div>
  )
}
