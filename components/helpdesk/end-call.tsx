'use client'
import PhoneOff from 'lucide-react/icons/phone-off'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { answerOf, type Refused } from '#components/ui/answer.ts'
import { Button } from '#components/ui/button.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { endCallAction } from '#lib/features/helpdesk/actions.ts'
import { endShown, type Shown } from './time-left.ts'

/** Ends the verification, and with it the page, which the way back does not show again. */
export function EndCall({ account, shown: { address, at } }: { account: string; shown: Pick<Shown, 'address' | 'at'> }) {
  const t = useTranslations('helpdesk.account')
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ answer: Refused; attempt: number }>()
  const over = useRef(false)
  const since = at.getTime()
  // Once the page has been left: before, it would be read anew.
  useEffect(() => () => (over.current ? endShown({ address, at: new Date(since) }) : undefined), [address, since])
  const end = async () => {
    setBusy(true)
    const answer = await answerOf(endCallAction({ mailbox: account }))
    over.current = answer.ok
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
